import { defineConfig, mergeConfig } from 'vitest/config'
import { serviceTests } from '../../vitest.shared.ts'

// some tests watch how argon2 is called: its module must be theirs alone
export default mergeConfig(serviceTests, defineConfig({ test: { isolate: true } }))
