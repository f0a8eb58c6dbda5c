const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a provider calls our id may be anything; the database takes nothing but UUIDs. */
export const canBePaymentId = (text: string) => uuid.test(text)
