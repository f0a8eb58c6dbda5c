import { messagingMigrations } from '@slipway/broker'
import { defineService } from '@slipway/service-kit'
import { emptyCartRoute } from './cart/empty-cart.route.ts'
import { findCartRoute } from './cart/find-cart.route.ts'
import { getCartRoute } from './cart/get-cart.route.ts'
import { removeItemRoute } from './cart/remove-item.route.ts'
import { setItemRoute } from './cart/set-item.route.ts'
import { checkoutRoute } from './checkout/checkout.route.ts'
import { MarkCartPaid } from './checkout/mark-cart-paid.job.ts'
import { ReleaseCart } from './checkout/release-cart.job.ts'
import { releaseRoute } from './checkout/release.route.ts'
import { checkSettings, Settings } from './config.ts'
import { buildDeps } from './deps.ts'
import { ForgetUser } from './erasure/forget-user.job.ts'
import { ForgetUsers } from './erasure/forget-users.job.ts'
import { addProductImageRoute } from './product/add-product-image.route.ts'
import { createProductRoute } from './product/create-product.route.ts'
import { DeleteReplacedImages } from './product/delete-replaced-images.job.ts'
import { getProductRoute } from './product/get-product.route.ts'
import { KeepProductImage } from './product/keep-product-image.job.ts'
import { listProductsRoute } from './product/list-products.route.ts'
import { seedProducts } from './product/seed-products.ts'
import { updateProductRoute } from './product/update-product.route.ts'

export const cart = defineService({
  name: 'cart',
  version: '0.1.0',
  description: 'Products, carts, checkout',
  settings: Settings,
  checkSettings,
  migrations: [messagingMigrations, { schema: 'public', folder: new URL('../prisma/migrations/', import.meta.url) }],
  buildDeps,

  routes(app, deps) {
    app.register(listProductsRoute, { deps })
    app.register(getProductRoute, { deps })
    app.register(createProductRoute, { deps })
    app.register(updateProductRoute, { deps })
    app.register(addProductImageRoute, { deps })

    app.register(getCartRoute, { deps })
    app.register(setItemRoute, { deps })
    app.register(removeItemRoute, { deps })
    app.register(emptyCartRoute, { deps })
    app.register(findCartRoute, { deps })

    app.register(checkoutRoute, { deps })
    app.register(releaseRoute, { deps })
  },

  jobs: () => [new MarkCartPaid(), new ReleaseCart(), new KeepProductImage(), new ForgetUser()],

  periodicJobs: (deps) => [new ForgetUsers(deps), new DeleteReplacedImages(deps)],

  async prepare(deps) {
    if (deps.settings.SEED_PRODUCTS) await seedProducts(deps)
  },
})
