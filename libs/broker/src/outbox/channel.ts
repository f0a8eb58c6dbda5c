/** The channel on which a commit wakes the relays of its database. */
export const outboxChannel = 'messaging_outbox'
