/** It comes without types. */
declare module '@usebruno/lang' {
  export function jsonToBruV2(request: object): string
  export function bruToJsonV2(text: string): { http?: { method: string; url: string }; meta: { name: string } }
  export function jsonToCollectionBru(collection: object): string
  export function envJsonToBruV2(environment: object): string
}
