import { isUniqueViolation } from '@slipway/database'
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { EmailTaken, type User } from './user.ts'

export interface UserPageQuery {
  /** Id of the last one of the page before. */
  after?: string
  /** Normalised. */
  email?: string
  limit: number
}

/** Who has this address, or has had their password since then. */
export type PasswordOwner = Pick<User, 'id'> & Partial<Pick<User, 'email' | 'passwordChangedAt'>>

/** Each change answers the user after it, or undefined when there is none. */
export interface UserStore {
  /** @throws EmailTaken, also when another request was faster by a moment */
  insert(user: User): Promise<void>
  find(id: string): Promise<User | undefined>
  /** Oldest first. */
  list(query: UserPageQuery): Promise<User[]>
  /** Those of the addresses that are taken. */
  taken(emails: readonly string[]): Promise<string[]>
  rename(id: string, name: string | null): Promise<User | undefined>
  /** A new address is not verified. @throws EmailTaken */
  change(id: string, changes: { email?: string; name?: string | null }): Promise<User | undefined>
  setRoles(id: string, roles: readonly string[]): Promise<User | undefined>
  /** Only while the user is as given. */
  setPassword(user: PasswordOwner, passwordHash: string, at: Date): Promise<User | undefined>
  /** The same password hashed anew; only while it is still the same. */
  rehash(id: string, from: string, to: string): Promise<void>
  /** The address is proved, if the user still has it. */
  verify(addressee: { userId: string; email: string }, at: Date): Promise<User | undefined>
  delete(id: string): Promise<User | undefined>
}

export function userStore(prisma: Pick<PrismaClient, 'user'>): UserStore {
  const changed = async (where: object, data: object): Promise<User | undefined> => {
    const [user] = await prisma.user.updateManyAndReturn({ where, data: { ...data, version: { increment: 1 } } })
    return user
  }
  const asTaken = (error: unknown): never => {
    throw isUniqueViolation(error, 'email') ? new EmailTaken() : error
  }

  return {
    async insert({ roles, ...user }) {
      await prisma.user.create({ data: { ...user, roles: [...roles] } }).catch(asTaken)
    },
    find: async (id) => (await prisma.user.findUnique({ where: { id } })) ?? undefined,
    list: ({ after, email, limit }) =>
      prisma.user.findMany({ where: { email, id: { gt: after } }, orderBy: { id: 'asc' }, take: limit }),
    async taken(emails) {
      const users = await prisma.user.findMany({ where: { email: { in: [...emails] } }, select: { email: true } })
      return users.map(({ email }) => email)
    },
    rename: (id, name) => changed({ id }, { name }),
    async change(id, { email, name }) {
      const before = await prisma.user.findUnique({ where: { id } })
      const moved = email !== undefined && email !== before?.email
      return changed({ id }, { name, ...(moved && { email, emailVerifiedAt: null }) }).catch(asTaken)
    },
    setRoles: (id, roles) => changed({ id }, { roles: [...roles] }),
    setPassword: ({ id, email, passwordChangedAt }, passwordHash, at) =>
      changed({ id, email, passwordChangedAt }, { passwordHash, passwordChangedAt: at }),
    async rehash(id, from, to) {
      await prisma.user.updateMany({ where: { id, passwordHash: from }, data: { passwordHash: to } })
    },
    verify: ({ userId, email }, at) => changed({ id: userId, email }, { emailVerifiedAt: at }),
    async delete(id) {
      const user = await prisma.user.findUnique({ where: { id } })
      const { count } = await prisma.user.deleteMany({ where: { id } })
      return count === 1 ? (user ?? undefined) : undefined
    },
  }
}
