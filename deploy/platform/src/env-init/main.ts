import { writeEnv } from './write-env.ts'

/** `npm run env:init [-- file]`: secrets for compose, made once. */
const file = process.argv[2] ?? '.env'
const { added } = writeEnv(file)
console.log(added.length > 0 ? `${file}: made ${added.join(', ')}` : `${file} has all it needs; nothing was changed`)
