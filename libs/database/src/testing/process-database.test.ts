import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAbandoned, processDatabase } from './process-database.ts'

test('a database is abandoned when the process that made it is gone', async () => {
  const name = processDatabase('scratch')
  expect(name).not.toBe(processDatabase('scratch'))
  expect(isAbandoned(name)).toBe(false)

  const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(gone, 'exit')
  const of = (pid: number | undefined) => name.replace(`_${process.pid}_`, `_${pid}_`)
  expect(isAbandoned(of(gone.pid))).toBe(true)
  expect(isAbandoned(of(1))).toBe(false)
})

test('of other machines and of people nothing is known', () => {
  expect(
    ['postgres', 'scratch_0', 'scratch_00000000_4194304_00000000', 'template_cart_0011223344556677'].filter(
      isAbandoned,
    ),
  ).toEqual([])
})
