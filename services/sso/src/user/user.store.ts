import { isUniqueViolation } from '@slipway/database'
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { EmailTaken, type User } from './user.ts'

export interface UserStore {
  /** @throws EmailTaken, also when another request was faster by a moment */
  insert(user: User): Promise<void>
  find(id: string): Promise<User | undefined>
  /** Those of the addresses that are taken. */
  taken(emails: readonly string[]): Promise<string[]>
  /** The user after the change; undefined when there is none. */
  rename(id: string, name: string | null): Promise<User | undefined>
}

export function userStore(prisma: Pick<PrismaClient, 'user'>): UserStore {
  return {
    async insert({ roles, ...user }) {
      try {
        await prisma.user.create({ data: { ...user, roles: [...roles] } })
      } catch (error) {
        throw isUniqueViolation(error, 'email') ? new EmailTaken() : error
      }
    },
    find: async (id) => (await prisma.user.findUnique({ where: { id } })) ?? undefined,
    async taken(emails) {
      const users = await prisma.user.findMany({ where: { email: { in: [...emails] } }, select: { email: true } })
      return users.map(({ email }) => email)
    },
    async rename(id, name) {
      const [user] = await prisma.user.updateManyAndReturn({
        where: { id },
        data: { name, version: { increment: 1 } },
      })
      return user
    },
  }
}
