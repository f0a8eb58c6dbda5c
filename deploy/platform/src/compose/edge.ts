import { port, services, type ServiceEntry } from '../services.ts'

/** The edge's way to each service that production has. */
export const edgeRoutes = (): string[] => services.filter(({ development }) => !development).flatMap(route)

/** A file that the edge of production does not get. */
export const developmentRoutes = (): string =>
  [
    '# Services of development: generated from deploy/platform/services.json by npm run manifests',
    ...services.filter(({ development }) => development).flatMap(route),
    '',
  ].join('\n')

const route = ({ name }: ServiceEntry) => [
  `\t@${name} path /${name} /${name}/*`,
  `\thandle @${name} {`,
  `\t\treverse_proxy ${name}:${port} {`,
  '\t\t\timport patient',
  '\t\t}',
  '\t}',
]
