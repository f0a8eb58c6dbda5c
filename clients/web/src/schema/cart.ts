// Generated from the service’s OpenAPI document by npm run docs.
export interface paths {
  '/cart/v1/cart': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The caller’s current cart: open, or locked while it is being paid
     * @description Access: user.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Cart']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    /**
     * Empty the caller’s cart
     * @description Access: user.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Cart']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/cart/v1/cart/items/{productId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Set the quantity of a product in the caller’s cart; zero removes it
     * @description Access: user.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          productId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['Quantity']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Cart']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    post?: never
    /**
     * Take a product out of the caller’s cart
     * @description Access: user.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          productId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Cart']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/cart/v1/carts/{cartId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A cart in any state: the caller’s own, or with carts:read anybody’s
     * @description Access: user, or service + carts:read.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          cartId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Cart']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/cart/v1/products': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Products that can be bought, oldest first */
    get: {
      parameters: {
        query?: {
          /** @description UUID */
          cursor?: string
          limit?: number
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['ProductPage']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    /**
     * Put a product on sale
     * @description Access: user + products:write.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['NewProduct']
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Product']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/cart/v1/products/{productId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A product, also when it is withdrawn */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          productId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Product']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Change a product, withdraw it or put it back on sale
     * @description Access: user + products:write.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          productId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['ProductChanges']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Product']
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    trace?: never
  }
  '/cart/v1/products/{productId}/image': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask Files for an upload of a product’s picture: send its form, then complete it there
     * @description Access: user + products:write.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          productId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            contentType: string
            filename: string
            /** @description SHA-256 of the bytes, lower-case hexadecimal */
            sha256?: string
            /** @description Bytes, exactly */
            size: number
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /**
               * Format: uuid
               * @description UUID
               */
              fileId: string
              upload: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 */
                expiresAt: string
                fields: {
                  [key: string]: string
                }
                /** @enum {string} */
                method: 'POST'
                /** Format: uri */
                url: string
              }
            }
          }
        }
        /** @description Problem details (RFC 9457) */
        default: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/problem+json': components['schemas']['Problem']
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Cart: {
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      items: components['schemas']['CartLine'][]
      /**
       * Format: uuid
       * @description UUID
       */
      paymentId?: string
      /** @enum {unknown} */
      status: 'open' | 'locked' | 'paid'
      total: components['schemas']['Money']
      /** @description Counts the changes */
      version: number
    }
    CartLine: {
      lineTotal: components['schemas']['Money']
      /**
       * Format: uuid
       * @description UUID
       */
      productId: string
      quantity: number
      title: string
      unitPrice: components['schemas']['Money']
    }
    Money: {
      /** @description Minor units */
      amount: number
      /** @description ISO 4217 */
      currency: string
    }
    NewProduct: {
      description?: string
      price: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
      title: string
    }
    Problem: {
      /** @description Stable: programs may rely on it */
      code: string
      detail: string
      errors?: {
        message: string
        path: string
      }[]
      instance: string
      status: number
      title: string
      traceId: string
      type: string
    }
    Product: {
      /** @description False while it is withdrawn: it cannot be bought */
      available: boolean
      description: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /**
       * Format: uri
       * @description Lasting address of its picture
       */
      imageUrl?: string
      price: components['schemas']['Money']
      title: string
    }
    ProductChanges: {
      available?: boolean
      description?: string
      price?: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
      title?: string
    }
    ProductPage: {
      items: components['schemas']['Product'][]
      nextCursor: string | null
    }
    Quantity: {
      quantity: number
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type Cart = components['schemas']['Cart']
export type CartLine = components['schemas']['CartLine']
export type Money = components['schemas']['Money']
export type NewProduct = components['schemas']['NewProduct']
export type Problem = components['schemas']['Problem']
export type Product = components['schemas']['Product']
export type ProductChanges = components['schemas']['ProductChanges']
export type ProductPage = components['schemas']['ProductPage']
export type Quantity = components['schemas']['Quantity']
export type $defs = Record<string, never>
export type operations = Record<string, never>
