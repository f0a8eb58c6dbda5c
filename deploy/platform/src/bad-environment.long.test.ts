import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TObject } from 'typebox'
import { expect, test } from 'vitest'
import { root } from './files.ts'
import { services } from './services.ts'

interface Variable {
  type?: string
  format?: string
  enum?: string[]
  default?: unknown
}

/** The process as a container runs it: what it says on its way out, line by line. */
async function start(name: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, `services/${name}/src/main.ts`)], { env })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, named: said.split('\n').flatMap((line) => /^ {2}([A-Z][A-Z0-9_]*) \S/.exec(line)?.[1] ?? []), said }
}

const schemaOf = async (name: string) => {
  const { Settings } = (await import(join(root, `services/${name}/src/config.ts`))) as { Settings: TObject }
  return Settings as TObject & { required?: string[]; properties: Record<string, Variable> }
}

test.each(services.map(({ name }) => name))(
  '%s without any variable names each that it needs, and ends',
  async (name) => {
    const { required = [], properties } = await schemaOf(name)
    const needed = required.filter((variable) => properties[variable]?.default === undefined)
    const { code, named, said } = await start(name, {})
    expect(code).toBe(1)
    expect(named.sort()).toEqual(needed.sort())
    expect(said).not.toContain('    at ')
  },
)

const wrongFor = ({ type, format, enum: choices }: Variable): string | undefined =>
  choices
    ? 'no-such-choice'
    : type === 'integer' || type === 'boolean'
      ? 'neither-nor'
      : format === 'uri'
        ? 'no address'
        : undefined

test.each(services.map(({ name }) => name))(
  '%s names every variable that is wrong, each in a line, without its value',
  async (name) => {
    const { properties } = await schemaOf(name)
    const wrong = Object.entries(properties).flatMap(([variable, schema]) => {
      const value = wrongFor(schema)
      return value === undefined ? [] : [[variable, value] as const]
    })
    const { code, named, said } = await start(name, Object.fromEntries(wrong))
    expect(code).toBe(1)
    expect(named).toEqual(expect.arrayContaining(wrong.map(([variable]) => variable)))
    expect(new Set(named).size).toBe(named.length)
    expect(said).not.toMatch(/no-such-choice|neither-nor|no address/)
  },
)
