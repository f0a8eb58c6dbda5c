import { UnknownFault } from './errors.ts'

/** What the bank can be told to do wrong. */
export const faults = [
  'timeout-after-charging',
  'timeout-before',
  'duplicate-webhook',
  'webhooks-out-of-order',
  'late-webhook',
  'no-webhook',
] as const
export type Fault = (typeof faults)[number]

const isFault = (name: string): name is Fault => (faults as readonly string[]).includes(name)

/** Reads a comma separated list. @throws UnknownFault */
export function parseFaults(list: string): readonly Fault[] {
  const names = list.split(',').map((name) => name.trim())
  return unite(
    names
      .filter((name) => name !== '')
      .map((name) => {
        if (!isFault(name)) throw new UnknownFault(faults)
        return name
      }),
  )
}

export const unite = (...lists: (readonly Fault[])[]): readonly Fault[] => [...new Set(lists.flat())]
