import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')

/** Collects garbage now: what memory is counted after it is held by something. */
export const collect = runInNewContext('gc') as () => void
