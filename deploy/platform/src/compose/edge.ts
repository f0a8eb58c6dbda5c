import { port, services } from '../services.ts'

/** The edge's way to each service. */
export const edgeRoutes = (): string[] =>
  services.flatMap(({ name }) => [
    `\t@${name} path /${name} /${name}/*`,
    `\thandle @${name} {`,
    `\t\treverse_proxy ${name}:${port} {`,
    '\t\t\timport patient',
    '\t\t}',
    '\t}',
  ])
