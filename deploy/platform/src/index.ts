export { docsPage, docsPolicy } from './docs-page.ts'
export { embeddedSecrets, environmentOf, secretsOf, type Deployment } from './environment.ts'
export {
  clients,
  clientSecret,
  inCapitals,
  metricsPort,
  port,
  services,
  type Need,
  type ServiceEntry,
} from './services.ts'
