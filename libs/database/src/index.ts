export { createDatabase, probing, type CreatePool, type Database, type DatabaseOptions } from './database.ts'
export { asDatabaseUnavailable, DatabaseUnavailable, isUniqueViolation } from './errors.ts'
export { MigrationFailed } from './migrations/errors.ts'
export { migrateDown, migrateUp, migrationStatus, type MigrationStatus } from './migrations/migrate.ts'
export {
  readMigrations,
  type ExpectedRows,
  type Migration,
  type MigrationRows,
  type MigrationSet,
} from './migrations/migration.ts'
export type { Sql, Transaction } from './sql.ts'
export { TransactionPool } from './transaction-pool.ts'
export { databaseVariables, type DatabaseSettings } from './variables.ts'
