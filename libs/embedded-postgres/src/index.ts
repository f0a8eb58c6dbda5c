export {
  EmbeddedPostgresError,
  FolderInUse,
  NoDiskSpace,
  PortTaken,
  ServerFailed,
  UnsupportedPlatform,
  UnusableDataFolder,
  WrongPassword,
} from './errors.ts'
export { findEmbeddedPostgres, type FoundPostgres } from './find.ts'
export { lockFolder, type FolderLock } from './folder-lock.ts'
export { acquireSharedPostgres, type SharedPostgres, type SharedPostgresOptions } from './shared.ts'
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './start.ts'
