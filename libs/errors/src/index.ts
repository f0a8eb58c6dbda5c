export { AppError, type AppErrorOptions } from './app-error.ts'
export { problemMediaType, toProblem, type FieldError, type Problem } from './problem.ts'
