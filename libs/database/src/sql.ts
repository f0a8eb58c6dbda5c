/** Plain SQL on one connection or on a pool: `pg.Pool` and `pg.Client` both fit. */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>
}

/** One transaction on one connection, through Prisma's models and through plain SQL. */
export interface Transaction<Client> {
  readonly prisma: Client
  readonly sql: Sql
}
