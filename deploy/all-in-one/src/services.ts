import { acquiring } from '@slipway/acquiring'
import { cart } from '@slipway/cart'
import { files } from '@slipway/files'
import { notifications } from '@slipway/notifications'
import { sandboxBank } from '@slipway/sandbox-bank'
import type { Service } from '@slipway/service-kit'
import { sso } from '@slipway/sso'

/** Everything that runs in this process, in the order of the page with links. */
export const services: readonly Service[] = [sso, cart, acquiring, files, sandboxBank, notifications]
