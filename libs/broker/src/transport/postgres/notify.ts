import type { Db } from 'pg-boss'

export const eventsChannel = 'slipway_events'

/** Wakes the consumers of these queues, in whatever process, when the transaction commits. */
export async function wakeConsumers(db: Db, queues: readonly string[]): Promise<void> {
  await db.executeSql('SELECT pg_notify($1, queue) FROM unnest($2::text[]) queue', [eventsChannel, [...queues]])
}
