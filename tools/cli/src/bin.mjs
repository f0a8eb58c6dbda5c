#!/usr/bin/env node
// The slipway command: runs the CLI on the locked Node, whatever Node started it.
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
process.argv.splice(1, 1, 'run.mjs', main)
await import('../../setup/run.mjs')
