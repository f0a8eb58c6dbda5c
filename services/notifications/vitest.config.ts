import { serviceTests } from '../../vitest.shared.ts'

export default serviceTests
