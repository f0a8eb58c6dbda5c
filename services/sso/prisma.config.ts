import { defineConfig } from 'prisma/config'

/** Only Prisma's own command line reads this; the address matters to nothing but its migration tools. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres' },
})
