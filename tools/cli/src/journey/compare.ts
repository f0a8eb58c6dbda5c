/** A place of an answer that is not as it must be. */
export class Difference extends Error {
  override readonly name = 'Difference'
}

type Check = (value: unknown) => boolean

/** Places of an expected answer whose exact value cannot be known. */
export const any = {
  id: matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  time: matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/),
  text: matches(/./),
  whole: ((value) => Number.isSafeInteger(value)) as Check,
  list: ((value) => Array.isArray(value) && value.length > 0) as Check,
  thing: (() => true) as Check,
}

function matches(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value)
}

/** Differences of an answer from what it must be: no field may be missing, none may be added. Functions check a value. */
export function differences(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (typeof expected === 'function')
    return (expected as Check)(actual) ? [] : [`${path}: unexpected ${JSON.stringify(actual)}`]
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) {
    return Object.is(expected, actual)
      ? []
      : [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`]
  }
  const want = expected as Record<string, unknown>
  const have = actual as Record<string, unknown>
  const names = [...new Set([...Object.keys(want), ...Object.keys(have)])]
  return names.flatMap((name) => differences(want[name], have[name], `${path}.${name}`))
}
