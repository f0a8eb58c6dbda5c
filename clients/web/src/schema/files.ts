// Generated from the service’s OpenAPI document by npm run docs.
export interface paths {
  '/files/public/{fileId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Redirects to a public file */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          fileId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Where the bytes are for some minutes */
        302: {
          headers: {
            [name: string]: unknown
          }
          content?: never
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
  '/files/v1/files/{fileId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A file, with a link to download it once it is ready
     * @description Access: user, or delegated, or service.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          fileId: string
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
            'application/json': components['schemas']['File']
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
     * Delete a file; its bytes go too
     * @description Access: user, or delegated, or service.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          fileId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description It is gone */
        204: {
          headers: {
            [name: string]: unknown
          }
          content?: never
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
  '/files/v1/uploads': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Reserve an upload; answers the form to send to the object store
     * @description Access: user, or delegated, or service.
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
          'application/json': components['schemas']['NewUpload']
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
  '/files/v1/uploads/{fileId}/complete': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Say that the file is uploaded; it is checked then. Safe to repeat
     * @description Access: user, or delegated, or service.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          fileId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['File']
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
    File: {
      contentType: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      download?: {
        /**
         * Format: date-time
         * @description RFC 3339, UTC
         */
        expiresAt: string
        /** Format: uri */
        url: string
      }
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      expiresAt?: string
      filename: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /** Format: uri */
      publicUrl?: string
      /** @enum {unknown} */
      purpose: 'avatar' | 'product-image' | 'document'
      rejection?: {
        detail: string
        reason: string
      }
      sha256?: string
      /** @description Bytes */
      size: number
      /** @enum {unknown} */
      status: 'reserved' | 'uploaded' | 'checking' | 'ready' | 'rejected' | 'expired'
      subject: string
    }
    NewUpload: {
      contentType: string
      filename: string
      /** @enum {unknown} */
      purpose: 'avatar' | 'product-image' | 'document'
      /** @description SHA-256 of the bytes, lower-case hexadecimal */
      sha256?: string
      /** @description Bytes, exactly */
      size: number
      /** @description What it is about */
      subject?: string
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
export type File = components['schemas']['File']
export type NewUpload = components['schemas']['NewUpload']
export type Problem = components['schemas']['Problem']
export type $defs = Record<string, never>
export type operations = Record<string, never>
