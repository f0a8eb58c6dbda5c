import { camel, constant, pascal, snake } from '../words.ts'

export interface Spelling {
  /** `acme` */
  name: string
  /** `@acme` */
  scope: string
  /** `Acme` */
  title: string
}

/** A text, or a path, in which the name is another one, in every way it is spelt. */
export function renamed(text: string, from: Spelling, to: Spelling): string {
  const ways = new Map([
    [from.scope, to.scope],
    [from.title, to.title],
    [pascal(from.name), pascal(to.name)],
    [camel(from.name), camel(to.name)],
    [snake(from.name), snake(to.name)],
    [constant(from.name), constant(to.name)],
    [from.name, to.name],
  ])
  const any = new RegExp([...ways.keys()].map((way) => way.replaceAll(/[^\w]/g, '\\$&')).join('|'), 'g')
  return text.replaceAll(any, (way) => ways.get(way)!)
}
