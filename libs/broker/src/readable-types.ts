import type { TSchema } from 'typebox'
import type { EventType } from './event.ts'

/** A type that may arrive, and how a job reads it. */
export interface ReadableType {
  /** Schema of its data as it arrives. */
  readonly data: TSchema
  /** The type that the job asked for: this one, or a later version of it. */
  readonly as: EventType
  upcast(data: unknown): unknown
}

/** Every type that a job takes: those it names, and their earlier versions. One that is named is read as it is. */
export function readableTypes(on: readonly EventType[]): Map<string, ReadableType> {
  const types = new Map(on.map((as) => [as.type, { data: as.data, as, upcast: (data: unknown) => data }]))
  for (const as of on) {
    let upcast = (data: unknown) => data
    for (let { earlier } = as; earlier; { earlier } = earlier.on) {
      const [step, rest] = [earlier, upcast]
      upcast = (data) => rest(step.upcast(data))
      if (!types.has(step.on.type)) types.set(step.on.type, { data: step.on.data, as, upcast })
    }
  }
  return types
}
