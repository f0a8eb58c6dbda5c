import { ownerOf, queueOf, type Catalog, type CatalogJob } from './catalog.ts'

/** docs/events.md: who announces what, and who reacts. */
export function eventMap(catalog: Catalog): string {
  const { events, jobs } = catalog
  const heard = events.filter(({ type }) => listeners(jobs, type).length > 0)
  return [
    '# Events',
    '',
    'Who announces what, and which jobs react. Made by `npm run docs` from `libs/contracts/<owner>/events.ts` and from the jobs that',
    'services register; `npm run docs:check` fails when it is stale. Schemas are in [asyncapi.json](asyncapi.json) (AsyncAPI 3). How to',
    'use and change events: [the guide](guides/events.md).',
    '',
    '```mermaid',
    'flowchart LR',
    ...new Set(heard.map(({ type }) => `  ${node(ownerOf(type))}[${ownerOf(type)}] --> ${node(type)}([${type}])`)),
    ...heard.flatMap(({ type }) =>
      listeners(jobs, type).map((job) => `  ${node(type)} --> ${node(queueOf(job))}["${job.service}: ${job.name}"]`),
    ),
    '```',
    '',
    '| Event | Announced by | Jobs |',
    '| --- | --- | --- |',
    ...events.map(
      ({ type }) =>
        `| \`${type}\` | ${ownerOf(type)} | ${
          listeners(jobs, type)
            .map((job) => `\`${queueOf(job)}\``)
            .join(', ') || 'none yet'
        } |`,
    ),
    '',
  ].join('\n')
}

const listeners = (jobs: readonly CatalogJob[], type: string) => jobs.filter(({ types }) => types.includes(type))

/** Mermaid takes some words for its own, such as `end`. */
const node = (name: string) => `n_${name.replace(/\W/g, '_')}`
