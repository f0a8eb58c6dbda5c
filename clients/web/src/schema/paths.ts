// Generated from the service’s OpenAPI document by npm run docs.
import type { paths as Sso } from './sso.ts'
import type { paths as Cart } from './cart.ts'
import type { paths as Acquiring } from './acquiring.ts'
import type { paths as Files } from './files.ts'
import type { paths as Notifications } from './notifications.ts'

/** Every path that a page may call. */
export interface Paths extends Sso, Cart, Acquiring, Files, Notifications {}
