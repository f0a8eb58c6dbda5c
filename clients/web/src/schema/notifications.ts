// Generated from the service’s OpenAPI document by npm run docs.
export interface paths {
  '/notifications/v1/notifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What became of messages, newest first, or of those to one address
     * @description Access: user + notifications:read.
     */
    get: {
      parameters: {
        query?: {
          address?: string
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
            'application/json': components['schemas']['NotificationPage']
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
  '/notifications/v1/preferences': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What the caller hears by which channel
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
            'application/json': components['schemas']['Preferences']
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
     * Change what the caller hears by which channel
     * @description Access: user.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['PreferenceChanges']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['Preferences']
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
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Notification: {
      address: string
      attempts: number
      /** @enum {unknown} */
      channel: 'email' | 'sms' | 'push'
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      error: string | null
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      sentAt: string | null
      /** @enum {unknown} */
      status: 'waiting' | 'sent' | 'failed' | 'bounced' | 'limited' | 'suppressed' | 'expired'
      template: string
      /**
       * Format: uuid
       * @description UUID
       */
      userId: string
    }
    NotificationPage: {
      items: components['schemas']['Notification'][]
      nextCursor: string | null
    }
    PreferenceChanges: {
      phone?: string | null
      pushToken?: string | null
      receipts?: ('email' | 'sms' | 'push')[]
    }
    Preferences: {
      /** @description For text messages, E.164 */
      phone: string | null
      /** @description Of the device that push goes to */
      pushToken: string | null
      /** @description Channels by which receipts come; none when empty */
      receipts: ('email' | 'sms' | 'push')[]
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
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type Notification = components['schemas']['Notification']
export type NotificationPage = components['schemas']['NotificationPage']
export type PreferenceChanges = components['schemas']['PreferenceChanges']
export type Preferences = components['schemas']['Preferences']
export type Problem = components['schemas']['Problem']
export type $defs = Record<string, never>
export type operations = Record<string, never>
