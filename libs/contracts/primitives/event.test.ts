import { Type } from 'typebox'
import { expect, expectTypeOf, test } from 'vitest'
import { defineEvent } from './event.ts'

const Shipped = defineEvent('shop.order.shipped.v1', Type.Object({ parcels: Type.Integer() }))

test('a later version knows the one before and how to read it', () => {
  const later = defineEvent('shop.order.shipped.v2', Type.Object({ parcels: Type.Array(Type.Integer()) }), {
    on: Shipped,
    upcast({ parcels }) {
      expectTypeOf(parcels).toEqualTypeOf<number>()
      return { parcels: [parcels] }
    },
  })
  expect(later.earlier?.on).toBe(Shipped)
  expect(later.earlier?.upcast({ parcels: 2 })).toEqual({ parcels: [2] })
  expectTypeOf(later.create).parameter(0).toMatchObjectType<{ data: { parcels: number[] } }>()
})

test.each(['shop.order.shipped.v1', 'shop.order.shipped.v3', 'shop.parcel.shipped.v2', 'shop.order.shipped'])(
  '%s does not come after v1',
  (type) => {
    const define = () => defineEvent(type, Type.Object({}), { on: Shipped, upcast: () => ({}) })
    expect(define).toThrow(`${type} is not the version after shop.order.shipped.v1`)
  },
)
