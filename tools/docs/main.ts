import { apiDocs } from './api/api-docs.ts'
import { eventDocs } from './events/event-docs.ts'
import { examples } from './examples.ts'
import { checkLinks } from './links.ts'
import { listOfDecisions } from './list-of-decisions.ts'
import { settingsTables } from './settings-tables.ts'
import { stateDiagrams } from './state-diagrams.ts'

/** `npm run docs` writes what is generated in the documentation; `npm run docs:check` says what is stale or broken. */
const check = process.argv.includes('--check')
const found = [
  ...(await settingsTables({ write: !check })),
  ...(await stateDiagrams({ write: !check })),
  ...(await eventDocs({ write: !check })),
  ...(await apiDocs({ write: !check })),
  ...examples({ write: !check }),
  ...listOfDecisions({ write: !check }),
  ...checkLinks(),
]

for (const line of found) console.error(line)
console.log(
  found.length === 0 ? 'The documentation is right.' : `${found.length} places of the documentation are wrong.`,
)
process.exitCode = found.length === 0 ? 0 : 1
