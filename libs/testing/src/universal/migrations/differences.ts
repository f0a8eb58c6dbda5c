/** Lines that only one of two lists has, each with the name of its list. */
export function differences(
  [leftName, left]: readonly [name: string, lines: readonly string[]],
  [rightName, right]: readonly [name: string, lines: readonly string[]],
): string[] {
  const [inLeft, inRight] = [new Set(left), new Set(right)]
  return [
    ...left.filter((line) => !inRight.has(line)).map((line) => `only ${leftName}: ${line}`),
    ...right.filter((line) => !inLeft.has(line)).map((line) => `only ${rightName}: ${line}`),
  ]
}
