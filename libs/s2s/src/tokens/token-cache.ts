import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Logger } from '@slipway/observability'
import type { Grant } from './grant.ts'
import { connectRedis, type Redis } from './redis.ts'

const algorithm = 'aes-256-gcm'
const [ivLength, tagLength] = [12, 16]
/** A token that is older than this part of its life is not worth taking: whoever asks would renew it at once. */
const oldestPart = 0.7

interface Kept {
  grant: Grant
  /** Epoch milliseconds. */
  issuedAt: number
}

export interface TokenCacheOptions {
  /** redis:// or rediss:// */
  url: string
  clientId: string
  /** Tokens are encrypted with a key that comes from it: all replicas of the service have it, and nobody else. */
  clientSecret: string
  clock: { now(): Date }
  logger: Logger
  /** For how long Redis is waited for. */
  patienceMs?: number | undefined
}

/**
 * Tokens that the replicas of one service share, in Redis. It only saves work: without it, or when it does not answer in
 * time, each replica gets its own.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions
  readonly #key: Buffer
  readonly #redis: Redis

  constructor(options: TokenCacheOptions) {
    this.#options = options
    const { url, clientId, clientSecret, logger, patienceMs = 250 } = options
    this.#key = Buffer.from(hkdfSync('sha256', clientSecret, clientId, 'slipway s2s token cache', 32))
    this.#redis = connectRedis(url, logger, patienceMs)
  }

  /** With what is left of its life; undefined when there is none that is worth it. */
  async get(name: string): Promise<Grant | undefined> {
    const box = await this.#redis.get(this.#nameOf(name))
    const kept = box === undefined ? undefined : this.#open(name, box)
    if (!kept) return undefined
    const { expires_in: life = 0 } = kept.grant
    const age = (this.#now() - kept.issuedAt) / 1_000
    return age >= 0 && age < life * oldestPart ? { ...kept.grant, expires_in: life - age } : undefined
  }

  async set(name: string, grant: Grant): Promise<void> {
    if (!grant.expires_in) return
    const box = this.#seal(name, { grant, issuedAt: this.#now() })
    await this.#redis.set(this.#nameOf(name), box, grant.expires_in * 1_000 * oldestPart)
  }

  close(): Promise<void> {
    return this.#redis.close()
  }

  #nameOf = (name: string) => `slipway:token:${this.#options.clientId}:${name}`
  #now = () => this.#options.clock.now().getTime()

  #seal(name: string, kept: Kept): string {
    const iv = randomBytes(ivLength)
    const cipher = createCipheriv(algorithm, this.#key, iv).setAAD(Buffer.from(name))
    const text = Buffer.concat([cipher.update(JSON.stringify(kept)), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
  }

  /** Undefined for what was sealed with another secret, was changed, or belongs to another name. */
  #open(name: string, text: string): Kept | undefined {
    const box = Buffer.from(text, 'base64')
    try {
      const cipher = createDecipheriv(algorithm, this.#key, box.subarray(0, ivLength), { authTagLength: tagLength })
      cipher.setAAD(Buffer.from(name)).setAuthTag(box.subarray(ivLength, ivLength + tagLength))
      const plain = Buffer.concat([cipher.update(box.subarray(ivLength + tagLength)), cipher.final()])
      return JSON.parse(plain.toString()) as Kept
    } catch {
      this.#options.logger.warn(
        'A token in the cache cannot be opened: its client secret has changed, or somebody wrote it',
      )
      return undefined
    }
  }
}
