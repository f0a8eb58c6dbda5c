import type { PathParams, Query } from '../client-options.ts'

const placeholder = /:([A-Za-z]\w*)/g

/**
 * Path of a call: the template with its `:names` filled in, under the base path. What comes out always stays under it:
 * values are encoded, and dot segments, which would be resolved on the way, are refused.
 *
 * @throws TypeError for a template that is no path, a missing, empty or dot value
 */
export function renderPath(base: string, template: string, params: PathParams = {}, query: Query = {}): string {
  if (!/^\/(?!\/)[^?#\\\s]*$/.test(template)) throw new TypeError(`Not a path template: ${template}`)
  const path = template.replace(placeholder, (_, name: string) => encode(template, name, params[name]))
  return base + path + search(query)
}

function encode(template: string, name: string, value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value)
  if (text === '' || text === '.' || text === '..') throw new TypeError(`${template} needs a value for :${name}`)
  return encodeURIComponent(text)
}

function search(query: Query): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : Array.isArray(value) ? value.map((item) => [name, item]) : [[name, String(value)]],
  )
  return entries.length > 0 ? `?${new URLSearchParams(entries as [string, string][])}` : ''
}
