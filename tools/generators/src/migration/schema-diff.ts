import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'

/** Node has it, and its types do not. */
declare const WebAssembly: {
  instantiate(binary: Buffer, imports: object): Promise<{ instance: { exports: Record<string, () => void> } }>
}

/**
 * The SQL that turns a PostgreSQL database of one Prisma schema into one of another; empty when there is nothing to do.
 * It is Prisma's own schema engine, as WebAssembly: nothing is downloaded, and no database is asked.
 *
 * @throws Error by Prisma, for people, when a schema is not valid
 */
export async function schemaDiff(from: string, to: string): Promise<string> {
  await (loading ??= load())
  const prisma = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, noDatabase)
  const { exitCode, stdout } = await prisma.diff({
    from: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: from }] },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: to }] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  return exitCode === 2 ? (stdout ?? '') : ''
}

let loading: Promise<void> | undefined

/** Its own entry imports the WebAssembly as a module, which Node does from 24.5 on. */
async function load() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const binary = readFileSync(join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': { ...engine } })
  engine.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start!()
}

const answer = <T>(value: T) => ({ ok: true, value })

/** The engine asks its database one thing before it begins: whether the schema is there, and of which PostgreSQL. */
const noDatabase = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () =>
    Promise.resolve(
      answer({
        provider: 'postgres',
        adapterName: 'none',
        getConnectionInfo: () => answer({ schemaName: 'public', supportsRelationJoins: true }),
        queryRaw: () =>
          Promise.resolve(
            answer({
              columnNames: ['exists', 'version', 'numeric_version'],
              columnTypes: [5, 7, 0], // boolean, text, int32
              rows: [[true, 'PostgreSQL 18.0', 180_000]],
            }),
          ),
      }),
    ),
}
