// Generated from the service’s OpenAPI document by npm run docs.
export interface paths {
  '/sso/.well-known/jwks.json': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Public keys of our tokens (RFC 7517) */
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
            'application/json': {
              keys: ({
                alg: string
                kid: string
                kty: string
                use: string
              } & {
                [key: string]: unknown
              })[]
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
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/.well-known/oauth-authorization-server': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What this authorization server offers (RFC 8414) */
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
            'application/json': {
              grant_types_supported: string[]
              introspection_endpoint: string
              introspection_endpoint_auth_methods_supported: string[]
              issuer: string
              jwks_uri: string
              response_types_supported: string[]
              revocation_endpoint: string
              revocation_endpoint_auth_methods_supported: string[]
              token_endpoint: string
              token_endpoint_auth_methods_supported: string[]
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
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/oauth2/introspect': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Whether a token counts at this moment, and what it says (RFC 7662)
     * @description Access: id and secret of a client, by HTTP Basic or in the form.
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
          'application/x-www-form-urlencoded': {
            client_id?: string
            client_secret?: string
            token: string
            token_type_hint?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              act?: {
                sub: string
              }
              active: boolean
              aud?: string
              client_id?: string
              exp?: number
              iat?: number
              iss?: string
              jti?: string
              roles?: string[]
              scope?: string
              sid?: string
              sub?: string
              /** @enum {string} */
              token_type?: 'Bearer'
              /** @description user, service, delegated or refresh */
              token_use?: string
            }
          }
        }
        /** @description Default Response */
        400: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
            }
          }
        }
        /** @description Default Response */
        401: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
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
  '/sso/oauth2/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * End the session that a token belongs to (RFC 7009)
     * @description Also for a token that does not count any more. Whoever has the token may do it.
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
          'application/x-www-form-urlencoded': {
            client_id?: string
            client_secret?: string
            token: string
            token_type_hint?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': Record<string, never>
          }
        }
        /** @description Default Response */
        400: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
            }
          }
        }
        /** @description Default Response */
        401: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
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
  '/sso/oauth2/token': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Token endpoint (RFC 6749, RFC 8693)
     * @description Access: id and secret of a client, by HTTP Basic or in the form.
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
          'application/x-www-form-urlencoded': {
            actor_token?: string
            audience?: string
            client_id?: string
            client_secret?: string
            grant_type: string
            refresh_token?: string
            requested_token_type?: string
            resource?: string
            scope?: string
            subject_token?: string
            subject_token_type?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              access_token: string
              /** @description Seconds */
              expires_in: number
              issued_token_type?: string
              refresh_token?: string
              scope: string
              /** @enum {string} */
              token_type: 'Bearer'
            }
          }
        }
        /** @description Default Response */
        400: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
            }
          }
        }
        /** @description Default Response */
        401: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              error: string
              error_description: string
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
  '/sso/v1/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who did what to accounts, and from where; newest first
     * @description Access: user + audit:read.
     */
    get: {
      parameters: {
        query?: {
          action?: string
          actor?: string
          /** @description `nextCursor` of the page before */
          cursor?: string
          limit?: number
          subject?: string
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
            'application/json': components['schemas']['AuditPage']
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
  '/sso/v1/email-verifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send a link that proves an address; the same answer whether somebody has it or not */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['LinkRequest']
        }
      }
      responses: {
        /** @description Default Response */
        202: {
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/email-verifications/confirm': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Prove an address with the token of the link */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['EmailConfirmation']
        }
      }
      responses: {
        /** @description Default Response */
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The caller’s own profile
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
            'application/json': components['schemas']['User']
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
     * Erase the caller, but not the last admin (409 LAST_ADMIN): account and sessions go, and every service forgets them
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
    /**
     * Change the caller’s own profile
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
          'application/json': components['schemas']['ProfileChanges']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['User']
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
  '/sso/v1/me/avatar': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask Files for an upload of the caller’s picture: send its form, then complete it there
     * @description Access: user.
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
  '/sso/v1/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Change the caller’s own password; every other session ends, and so do links that set one
     * @description Access: user.
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
          'application/json': components['schemas']['PasswordChange']
        }
      }
      responses: {
        /** @description Default Response */
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/password-resets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Send a link that sets a new password; the same answer whether somebody has the address or not */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['LinkRequest']
        }
      }
      responses: {
        /** @description Default Response */
        202: {
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/password-resets/confirm': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Set a new password with the token of the link; every session ends */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['PasswordReset']
        }
      }
      responses: {
        /** @description Default Response */
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Where the caller is logged in
     * @description Access: user.
     */
    get: {
      parameters: {
        query?: {
          /** @description `nextCursor` of the page before */
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
            'application/json': components['schemas']['SessionPage']
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
    /** Log in */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['Login']
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['TokenPair']
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
    /**
     * Log out everywhere
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
  '/sso/v1/sessions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Log out on another device
     * @description Access: user.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
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
  '/sso/v1/sessions/current': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Log out here
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
  '/sso/v1/sessions/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** New tokens for a refresh token, from the body or from the cookie */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            refreshToken?: string
          } | null
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['TokenPair']
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
  '/sso/v1/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * All users, oldest first, or the one with an address
     * @description Access: user + users:read.
     */
    get: {
      parameters: {
        query?: {
          /** @description `nextCursor` of the page before */
          cursor?: string
          email?: string
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
            'application/json': components['schemas']['UserPage']
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
    /** Register */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['NewUser']
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['User']
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
  '/sso/v1/users/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A user
     * @description Access: user + users:read.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          id: string
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
            'application/json': components['schemas']['User']
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
     * Change a user; a new address is sent a link to prove it, and links that set a password end
     * @description Access: user + users:write.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          id: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['UserChanges']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['User']
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
  '/sso/v1/users/{id}/roles': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Set the roles of a user; they count from the next access token on
     * @description Access: user + users:write.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          id: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': components['schemas']['UserRoles']
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': components['schemas']['User']
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/sso/v1/users/{id}/unlock': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Forget the failed log-ins of a user, wherever they came from
     * @description Access: user + users:write.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description UUID */
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
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
    AuditEvent: {
      /** @description What was done, such as `session.started` */
      action: string
      /** @description Id of the user or client who did it, if known */
      actor: string | null
      address: string | null
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      at: string
      details: {
        [key: string]: unknown
      }
      /** @description User-Agent */
      device: string | null
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /** @description Id of the user or client it was done to */
      subject: string | null
    }
    AuditPage: {
      items: components['schemas']['AuditEvent'][]
      nextCursor: string | null
    }
    EmailConfirmation: {
      /** @description From the link */
      token: string
    }
    LinkRequest: {
      /** Format: email */
      email: string
    }
    Login: {
      /** @description Keep the refresh token in an HttpOnly cookie */
      cookie?: boolean
      email: string
      /** @description A new one: 8 to 256 characters, not easily guessed */
      password: string
    }
    NewUser: {
      /** Format: email */
      email: string
      name?: string
      /** @description A new one: 8 to 256 characters, not easily guessed */
      password: string
    }
    PasswordChange: {
      /** @description A new one: 8 to 256 characters, not easily guessed */
      currentPassword: string
      /** @description A new one: 8 to 256 characters, not easily guessed */
      newPassword: string
    }
    PasswordReset: {
      /** @description A new one: 8 to 256 characters, not easily guessed */
      password: string
      /** @description From the link */
      token: string
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
    ProfileChanges: {
      name?: string | null
    }
    Session: {
      /** @description Network address at log-in */
      address: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      /** @description The one that this request was made in */
      current: boolean
      /** @description User-Agent at log-in */
      device: string | null
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      expiresAt: string
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      lastUsedAt: string
    }
    SessionPage: {
      items: components['schemas']['Session'][]
      nextCursor: string | null
    }
    TokenPair: {
      accessToken: string
      expiresIn: number
      refreshToken?: string
      /** @enum {string} */
      tokenType: 'Bearer'
    }
    User: {
      /**
       * Format: uuid
       * @description Their picture, at Files
       */
      avatarFileId?: string
      /**
       * Format: date-time
       * @description RFC 3339, UTC
       */
      createdAt: string
      /** Format: email */
      email: string
      emailVerified: boolean
      /**
       * Format: uuid
       * @description UUID
       */
      id: string
      name: string | null
      roles: string[]
    }
    UserChanges: {
      /** Format: email */
      email?: string
      name?: string | null
    }
    UserPage: {
      items: components['schemas']['User'][]
      nextCursor: string | null
    }
    UserRoles: {
      roles: string[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type AuditEvent = components['schemas']['AuditEvent']
export type AuditPage = components['schemas']['AuditPage']
export type EmailConfirmation = components['schemas']['EmailConfirmation']
export type LinkRequest = components['schemas']['LinkRequest']
export type Login = components['schemas']['Login']
export type NewUser = components['schemas']['NewUser']
export type PasswordChange = components['schemas']['PasswordChange']
export type PasswordReset = components['schemas']['PasswordReset']
export type Problem = components['schemas']['Problem']
export type ProfileChanges = components['schemas']['ProfileChanges']
export type Session = components['schemas']['Session']
export type SessionPage = components['schemas']['SessionPage']
export type TokenPair = components['schemas']['TokenPair']
export type User = components['schemas']['User']
export type UserChanges = components['schemas']['UserChanges']
export type UserPage = components['schemas']['UserPage']
export type UserRoles = components['schemas']['UserRoles']
export type $defs = Record<string, never>
export type operations = Record<string, never>
