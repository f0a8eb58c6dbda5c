interface Peeked {
  id?: string
  type?: string
  traceparent?: string
}

/** What a body that may be no event at all says about itself. */
export function peek(body: string): Peeked {
  const envelope = parse(body)
  const text = (name: keyof Peeked) => {
    const value = envelope?.[name]
    return typeof value === 'string' && value !== '' ? { [name]: value } : {}
  }
  return { ...text('id'), ...text('type'), ...text('traceparent') }
}

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
