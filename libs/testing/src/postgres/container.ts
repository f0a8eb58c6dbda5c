/** The little of https://node.testcontainers.org that is used; the package is optional. */
export interface Testcontainers {
  GenericContainer: new (image: string) => Unstarted
  Wait: { forLogMessage(message: RegExp, times: number): unknown }
}
interface Unstarted {
  withEnvironment(environment: Record<string, string>): this
  withExposedPorts(port: number): this
  withTmpFs(folders: Record<string, string>): this
  withCommand(command: string[]): this
  withWaitStrategy(strategy: unknown): this
  start(): Promise<{ getHost(): string; getMappedPort(port: number): number; stop(): Promise<unknown> }>
}

const image = 'postgres:18'
// nobody misses the data of a test server
const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200', 'jit=off']

/** A PostgreSQL in a container, which goes when it is released. @throws when the package is not installed */
export async function startContainer(load: () => Promise<Testcontainers> = loadPackage) {
  const { GenericContainer, Wait } = await load()
  const container = await new GenericContainer(process.env['TEST_POSTGRES_IMAGE'] ?? image)
    .withEnvironment({ POSTGRES_HOST_AUTH_METHOD: 'trust' })
    .withExposedPorts(5432)
    .withTmpFs({ '/var/lib/postgresql': 'rw' })
    .withCommand(['postgres', ...settings.flatMap((setting) => ['-c', setting])])
    // its first start is for making the data
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start()
  return {
    adminUrl: `postgresql://postgres@${container.getHost()}:${container.getMappedPort(5432)}/postgres`,
    release: async () => void (await container.stop()),
  }
}

async function loadPackage(): Promise<Testcontainers> {
  const name = 'testcontainers'
  try {
    return (await import(name)) as Testcontainers
  } catch (cause) {
    throw new Error('TESTCONTAINERS=1 needs the package testcontainers: npm install --save-dev testcontainers', {
      cause,
    })
  }
}
