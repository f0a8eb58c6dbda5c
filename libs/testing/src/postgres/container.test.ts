import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { allowNetwork } from '../network/allowed.ts'
import { startContainer, type Testcontainers } from './container.ts'
import { dockerAnswers } from './docker.ts'

async function engine(status: number) {
  const path = join(mkdtempSync(join(tmpdir(), 'docker-')), 'docker.sock')
  const server = createServer(
    (request, response) => void response.writeHead(request.url === '/_ping' ? status : 404).end(),
  )
  await once(server.listen(path), 'listening')
  const close = allowNetwork(`unix://${path}`)
  onTestFinished(() => {
    close()
    server.close()
  })
  return `unix://${path}`
}

test('a Docker engine is asked whether it is there', async () => {
  expect(await dockerAnswers(await engine(200))).toBe(true)
  expect(await dockerAnswers(await engine(503))).toBe(false)
  expect(await dockerAnswers('unix:///nowhere/docker.sock')).toBe(false)
  expect(await dockerAnswers('tcp://127.0.0.1:1')).toBe(false)
})

test('a container is started for tests and goes with them', async () => {
  const calls: unknown[] = []
  class Container {
    constructor(image: string) {
      calls.push(image)
    }
    withEnvironment = (environment: unknown) => this.#note(environment)
    withExposedPorts = (port: unknown) => this.#note(port)
    withTmpFs = () => this
    withCommand = ([first]: string[]) => this.#note(first)
    withWaitStrategy = (strategy: unknown) => this.#note(strategy)
    start = async () => ({
      getHost: () => 'docker.test',
      getMappedPort: () => 49_153,
      stop: async () => calls.push('stop'),
    })
    #note(call: unknown) {
      calls.push(call)
      return this
    }
  }
  const load = async (): Promise<Testcontainers> => ({
    GenericContainer: Container,
    Wait: { forLogMessage: () => 'wait' },
  })

  const { adminUrl, release } = await startContainer(load)
  expect(adminUrl).toBe('postgresql://postgres@docker.test:49153/postgres')
  await release()
  expect(calls).toEqual(['postgres:18', { POSTGRES_HOST_AUTH_METHOD: 'trust' }, 5432, 'postgres', 'wait', 'stop'])
})
