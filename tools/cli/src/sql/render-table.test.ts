import { expect, test } from 'vitest'
import { renderTable } from './render-table.ts'

test('rows are a table; a statement without any says what it did', () => {
  const at = new Date('2026-01-02T03:04:05.678Z')
  const rows = [
    { id: 1, at, data: { a: 1 } },
    { id: 22, at: null, data: null },
  ]
  expect(renderTable(['id', 'at', 'data'], rows, { command: 'SELECT', rowCount: 2 }).split('\n')).toEqual([
    'id | at                       | data',
    '---+--------------------------+--------',
    '1  | 2026-01-02T03:04:05.678Z | {"a":1}',
    '22 |                          |',
    '(2)',
  ])
  expect(renderTable([], [], { command: 'DELETE', rowCount: 3 })).toBe('DELETE 3')
})
