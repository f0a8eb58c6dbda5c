/** Names of the databases that are kept between runs, by service. Those of one test or file: `processDatabase`. */
const inName = (service: string) => service.replaceAll('-', '_')

/** @param fingerprint of the migrations: 16 hex digits */
export const templateName = (service: string, fingerprint: string) => `template_${inName(service)}_${fingerprint}`

/** What a template is called until it is whole. */
export const buildingName = (template: string) => `building_${template}`

export const workerName = (slot: number, template: string) => `worker_${slot}_of_${template}`

/** Templates, whole or not, and workers' clones of them: those of one service, or of all. */
export function keptOf(databases: readonly string[], service?: string): string[] {
  const family = service === undefined ? '\\w+' : inName(service)
  const kept = new RegExp(`^(building_|worker_\\d+_of_)?template_${family}_[0-9a-f]{16}$`)
  return databases.filter((database) => kept.test(database))
}
