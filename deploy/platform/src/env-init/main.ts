import { writeEnv } from './write-env.ts'

/** `npm run env:init [-- [--production] file]`: secrets for compose, or for the all-in-one in production, made once. */
const args = process.argv.slice(2)
const production = args.includes('--production')
const file = args.find((arg) => !arg.startsWith('--')) ?? '.env'
const { added } = writeEnv(file, { production })
console.log(added.length > 0 ? `${file}: made ${added.join(', ')}` : `${file} has all it needs; nothing was changed`)
