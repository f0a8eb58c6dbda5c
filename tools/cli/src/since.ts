const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const rfc3339 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/

/** `90s`, `30m`, `2h`, `7d` ago, or a date or time of RFC 3339. @throws Error */
export function parseSince(text: string, now = Date.now()): Date {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  const time = unit ? now - Number(count) * units[unit]! : rfc3339.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time) || Math.abs(time) > 8.64e15)
    throw new Error(`--since takes 30m, 2h, 7d or a time such as 2030-01-31T12:00:00Z, not "${text}"`)
  return new Date(time)
}
