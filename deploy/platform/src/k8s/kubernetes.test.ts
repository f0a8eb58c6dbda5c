import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { checkEnvironment } from '../check-environment.ts'
import { metricsPort, port, services } from '../services.ts'
import { overlays, render, type Container, type Manifest } from './rendered.ts'
import { modules, typeErrors } from './type-errors.ts'

const hasKubectl = (() => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' })
    return true
  } catch {
    console.log('skipped: kubectl, which renders the manifests, is not installed')
    return false
  }
})()

/** Kinds that operators bring; nothing here knows their types. */
const brought = ['cnpg.io', 'rabbitmq.com', 'external-secrets.io', 'keda.sh', 'monitoring.coreos.com']

describe.skipIf(!hasKubectl).each(overlays)('%s', (overlay) => {
  const manifests = hasKubectl ? render(overlay) : []
  const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind)
  const production = overlay !== 'local'
  const expected = services.filter(({ development }) => !(production && development))
  /** Who has objects in this very cluster. */
  const storing = expected.filter(({ needs }) => !production && needs.includes('objects')).map(({ name }) => name)
  const container = (deployment: Manifest): Container => deployment.spec.template.spec.containers[0]
  const config = of('ConfigMap')[0]!

  test('every kind is known, and the built-in ones have no field that their type does not', () => {
    const unknown = manifests.filter(
      ({ apiVersion }) => !modules[apiVersion] && !brought.some((group) => apiVersion.split('/')[0]?.endsWith(group)),
    )
    expect(unknown).toEqual([])
    expect(typeErrors(manifests)).toBe('')
  })

  test('there are API and worker of every service, and no other', () => {
    const wanted = expected.flatMap(({ name }) => [`${name}-api`, `${name}-worker`])
    expect(
      of('Deployment')
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(wanted.sort())
  })

  test('settings are those that each config.ts takes, all it needs and no other', async () => {
    const wrong: string[] = []
    for (const deployment of [
      ...of('Deployment'),
      ...of('Job').filter((job) => container(job).args?.[0] === 'bucket'),
    ]) {
      const { name, env = [], envFrom } = container(deployment)
      expect(envFrom).toEqual([{ configMapRef: { name: config.metadata.name } }])
      const variables = { ...config.data }
      for (const { name: variable, value } of env)
        variables[variable] =
          value?.replaceAll(/\$\((\w+)\)/g, (_, other: string) => variables[other]!) ?? sample(variable)
      wrong.push(...(await checkEnvironment(name, variables)).map((line) => `${deployment.metadata.name}: ${line}`))
    }
    expect(wrong).toEqual([])
  })

  test('every secret that is asked for is made by External Secrets', () => {
    const asked = [...of('Deployment'), ...of('Job')].flatMap((workload) =>
      (container(workload).env ?? []).flatMap(({ valueFrom }) =>
        valueFrom ? [`${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`] : [],
      ),
    )
    const ofOperators = [
      ...of('TriggerAuthentication').flatMap(({ spec }) =>
        spec.secretTargetRef.map(({ name, key }: { name: string; key: string }) => `${name}/${key}`),
      ),
      ...of('Cluster').flatMap(({ spec }) =>
        spec.managed.roles.map((role: { passwordSecret: { name: string } }) => `${role.passwordSecret.name}/password`),
      ),
    ]
    const made = of('ExternalSecret').flatMap(({ metadata, spec }) =>
      spec.data.map(({ secretKey }: { secretKey: string }) => `${metadata.name}/${secretKey}`),
    )
    if (production) expect([...new Set([...asked, ...ofOperators])].sort()).toEqual(made.sort())
    else expect(made).toEqual([])
  })

  test('every service with a database has it, and a role that may log in', () => {
    const wanted = expected.filter(({ needs }) => needs.includes('database')).map(({ name }) => name)
    const [cluster] = of('Cluster')
    expect(
      of('Database')
        .map(({ spec }) => `${spec.name} of ${spec.owner}`)
        .sort(),
    ).toEqual(wanted.map((name) => `${name} of ${name}`).sort())
    expect(cluster!.spec.managed.roles.map(({ name }: { name: string }) => name).sort()).toEqual(wanted.sort())
  })

  test('ports and probe paths are those of the code', () => {
    for (const deployment of of('Deployment')) {
      const { name, ports, startupProbe, livenessProbe, readinessProbe } = container(deployment)
      expect(ports).toEqual([
        { name: 'http', containerPort: port },
        { name: 'metrics', containerPort: metricsPort },
      ])
      const live = { path: `/${name}/health/live`, port: 'http' }
      expect(startupProbe).toMatchObject({ httpGet: live })
      expect(livenessProbe).toMatchObject({ httpGet: live })
      expect(readinessProbe).toMatchObject({ httpGet: { path: `/${name}/health/ready`, port: 'http' } })
    }
  })

  test('only a local cluster has a store of objects in it, and a bucket for each service that needs one', () => {
    expect(of('StatefulSet').map(({ metadata }) => metadata.name)).toEqual(storing.length > 0 ? ['s3'] : [])
    const buckets = of('Job').filter((job) => container(job).args?.[0] === 'bucket')
    expect(buckets.map(({ metadata }) => metadata.name)).toEqual(storing.map((name) => `${name}-bucket`))
    for (const name of storing) {
      const policy = of('NetworkPolicy').find(({ metadata }) => metadata.name === name)!
      const ports = policy.spec.egress.flatMap((rule: { ports: { port: number }[] }) => rule.ports.map((p) => p.port))
      expect(ports).toContain(8333)
    }
  })

  test('every pod is restricted, bounded and closed to all but its neighbours', () => {
    for (const workload of [...of('Deployment'), ...of('Job')]) {
      expect(workload.spec.template.spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(container(workload).securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      })
      expect(container(workload).resources?.limits).toHaveProperty('memory')
    }
    const policies = of('NetworkPolicy').map(({ metadata }) => metadata.name)
    expect(policies).toEqual(expect.arrayContaining(['default-deny', ...expected.map(({ name }) => name)]))
  })

  test('every Service and Ingress leads somewhere', () => {
    const names = of('Service').map(({ metadata }) => metadata.name)
    const paths = of('Ingress').flatMap(({ spec }) => spec.rules[0].http.paths)
    expect(paths.map(({ path }: { path: string }) => path).sort()).toEqual(
      [...expected.map(({ name }) => `/${name}`), ...(storing.length > 0 ? ['/'] : [])].sort(),
    )
    for (const { backend } of paths) expect(names).toContain(backend.service.name)
    for (const { spec } of of('Service')) {
      const found = [...of('Deployment'), ...of('StatefulSet')].filter(({ spec: { template } }) =>
        Object.entries(spec.selector as Record<string, string>).every(
          ([label, value]) => template.metadata.labels[label] === value,
        ),
      )
      expect(found.length).toBeGreaterThan(0)
    }
  })
})

test.skipIf(!hasKubectl)('the compiler sees an unknown field', () => {
  const service = render('production').find(({ kind }) => kind === 'Service')!
  expect(typeErrors([{ ...service, spec: { ...service.spec, portz: [] } }])).toContain('portz')
})

const samples: Record<string, string> = {
  DATABASE_URL: 'postgresql://a:b@postgres/a',
  AMQP_URL: 'amqp://a:b@rabbitmq',
  SERVICE_CLIENTS: `acquiring:${'x'.repeat(40)}`,
  SEED_USERS: 'a@b.test:correct horse battery:admin',
}
const sample = (name: string) => samples[name] ?? 'x'.repeat(40)
