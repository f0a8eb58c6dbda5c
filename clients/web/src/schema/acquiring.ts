// Generated from the service’s OpenAPI document by npm run docs.
export interface paths {
  '/acquiring/v1/ledger/accounts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Accounts of the ledger with their balances, by code
     * @description Access: user + ledger:read, or service + ledger:read.
     */
    get: {
      parameters: {
        query?: {
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
            'application/json': components['schemas']['LedgerAccountPage']
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
  '/acquiring/v1/ledger/transactions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Transactions of the ledger with their entries, newest first; of one payment where it is told
     * @description Access: user + ledger:read, or service + ledger:read.
     */
    get: {
      parameters: {
        query?: {
          /** @description UUID */
          cursor?: string
          limit?: number
          /** @description UUID */
          paymentId?: string
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
            'application/json': components['schemas']['LedgerTransactionPage']
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
  '/acquiring/v1/payments': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Payments, newest first: the caller’s own, or with payments:read everybody’s
     * @description Access: user, or service + payments:read.
     */
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
            'application/json': components['schemas']['PaymentPage']
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
     * Pay a cart: the answer says where the payer goes next
     * @description The price comes from the cart. Cart’s refusals come back as they are. Access: user.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Required. The same for every try of one request, such as a new UUID; kept for 24 hours */
          'idempotency-key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['NewPayment']
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Payment']
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
  '/acquiring/v1/payments/{paymentId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A payment: the caller’s own, or with payments:read anybody’s
     * @description Access: user, or service + payments:read.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          paymentId: string
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
            'application/json': components['schemas']['Payment']
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
  '/acquiring/v1/payments/{paymentId}/cancel': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Cancel a payment that is not captured; its cart is released
     * @description The caller’s own; with payments:capture anybody’s, as when an authorised order cannot be delivered. Access: user.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          paymentId: string
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
            'application/json': components['schemas']['Payment']
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
  '/acquiring/v1/payments/{paymentId}/capture': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Take the money of an authorised payment, all or a part; the same again takes nothing more
     * @description What is not taken is let go for good. Access: user + payments:capture, or service + payments:capture.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          paymentId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['NewCapture']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Payment']
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
  '/acquiring/v1/payments/{paymentId}/refunds': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Refunds of a payment, oldest first
     * @description Access: user, or service + payments:read.
     */
    get: {
      parameters: {
        query?: {
          /** @description UUID */
          cursor?: string
          limit?: number
        }
        header?: never
        path: {
          /** @description UUID */
          paymentId: string
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
            'application/json': components['schemas']['RefundPage']
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
     * Give money back, all that is left or a part of it
     * @description The provider does it shortly after; see the status of the refund. Access: user + payments:refund, or service + payments:refund.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Required. The same for every try of one request, such as a new UUID; kept for 24 hours */
          'idempotency-key'?: string
        }
        path: {
          /** @description UUID */
          paymentId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['NewRefund']
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Refund']
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
  '/acquiring/v1/reconciliations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What providers settled compared with the ledger, newest period first
     * @description Access: user + ledger:read, or service + ledger:read.
     */
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
            'application/json': components['schemas']['ReconciliationPage']
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
  '/acquiring/v1/reconciliations/{reconciliationId}/differences': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Every difference that a reconciliation found, oldest first
     * @description Access: user + ledger:read, or service + ledger:read.
     */
    get: {
      parameters: {
        query?: {
          /** @description UUID */
          cursor?: string
          limit?: number
        }
        header?: never
        path: {
          /** @description UUID */
          reconciliationId: string
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
            'application/json': components['schemas']['DifferencePage']
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
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Difference: {
      actual: components['schemas']['Money'] | null
      expected: components['schemas']['Money'] | null
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      foundAt: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /** @enum {unknown} */
      kind: 'missing' | 'extra' | 'amount' | 'currency' | 'late'
      /**
       * Format: uuid
       * @description UUID
       */
      paymentId?: string
      /**
       * Format: uuid
       * @description UUID
       */
      reconciliationId: string
      /** @description What the ledger calls it, or `line:` and the provider’s id of it */
      reference: string
    }
    DifferencePage: {
      items: components['schemas']['Difference'][]
      nextCursor: string | null
    }
    LedgerAccount: {
      /** @description One for each currency; debit is positive, credit negative */
      balances: components['schemas']['Money'][]
      code: string
      /** @enum {unknown} */
      kind: 'asset' | 'liability' | 'expense' | 'revenue'
      meaning: string
    }
    LedgerAccountPage: {
      items: components['schemas']['LedgerAccount'][]
      nextCursor: string | null
    }
    LedgerTransaction: {
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      at: string
      /** @description They sum to zero in each currency; debit is positive, credit negative */
      entries: {
        account: string
        amount: components['schemas']['Money']
      }[]
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      kind: string
      /**
       * Format: uuid
       * @description UUID
       */
      paymentId?: string
      /** @description What it books, once */
      reference: string
      /**
       * Format: uuid
       * @description UUID
       */
      refundId?: string
    }
    LedgerTransactionPage: {
      items: components['schemas']['LedgerTransaction'][]
      nextCursor: string | null
    }
    Money: {
      /** @description Minor units */
      amount: number
      /** @description ISO 4217 */
      currency: string
    }
    NewCapture: {
      amount?: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
    }
    NewPayment: {
      /**
       * Format: uuid
       * @description UUID
       */
      cartId: string
      /**
       * Format: uri
       * @description Where the payer comes back to
       */
      returnUrl?: string
    }
    NewRefund: {
      amount?: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
      /** @description For the books; the payer does not see it */
      reason: string
    }
    Payment: {
      amount: components['schemas']['Money']
      /** @description What was taken; absent until then */
      captured?: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
      /**
       * Format: uuid
       * @description UUID
       */
      cartId: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      /** @description Why the payment failed, such as insufficient_funds */
      failureCode?: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /** @description What the payer has to do; only while the status is requires_action */
      nextAction?: {
        /** @enum {string} */
        type: 'redirect'
        url: string
      }
      /** @description What was given back; absent until then */
      refunded?: {
        /** @description Minor units */
        amount: number
        /** @description ISO 4217 */
        currency: string
      }
      /** @enum {unknown} */
      status:
        | 'created'
        | 'requires_action'
        | 'authorized'
        | 'captured'
        | 'partially_refunded'
        | 'refunded'
        | 'charged_back'
        | 'failed'
        | 'canceled'
        | 'expired'
        | 'unknown'
    }
    PaymentPage: {
      items: components['schemas']['Payment'][]
      nextCursor: string | null
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
    Reconciliation: {
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      completedAt?: string
      differenceCount: number
      /** @description At most 20; the rest at /differences */
      differences: components['schemas']['Difference'][]
      /** @description What the provider kept; one for each currency */
      fees: components['schemas']['Money'][]
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      from: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /** @description Movements of money that the provider told of */
      lines: number
      /** @description Those that the ledger has just so */
      matched: number
      provider: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      startedAt: string
      /** @enum {unknown} */
      status: 'running' | 'completed'
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      to: string
    }
    ReconciliationPage: {
      items: components['schemas']['Reconciliation'][]
      nextCursor: string | null
    }
    Refund: {
      amount: components['schemas']['Money']
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /**
       * Format: uuid
       * @description UUID
       */
      paymentId: string
      reason: string
      /** @enum {unknown} */
      status: 'pending' | 'succeeded' | 'failed'
    }
    RefundPage: {
      items: components['schemas']['Refund'][]
      nextCursor: string | null
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type Difference = components['schemas']['Difference']
export type DifferencePage = components['schemas']['DifferencePage']
export type LedgerAccount = components['schemas']['LedgerAccount']
export type LedgerAccountPage = components['schemas']['LedgerAccountPage']
export type LedgerTransaction = components['schemas']['LedgerTransaction']
export type LedgerTransactionPage = components['schemas']['LedgerTransactionPage']
export type Money = components['schemas']['Money']
export type NewCapture = components['schemas']['NewCapture']
export type NewPayment = components['schemas']['NewPayment']
export type NewRefund = components['schemas']['NewRefund']
export type Payment = components['schemas']['Payment']
export type PaymentPage = components['schemas']['PaymentPage']
export type Problem = components['schemas']['Problem']
export type Reconciliation = components['schemas']['Reconciliation']
export type ReconciliationPage = components['schemas']['ReconciliationPage']
export type Refund = components['schemas']['Refund']
export type RefundPage = components['schemas']['RefundPage']
export type $defs = Record<string, never>
export type operations = Record<string, never>
