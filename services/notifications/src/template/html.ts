const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML whose values are escaped, for text and for quoted attributes. */
export const html = (strings: TemplateStringsArray, ...values: readonly string[]) =>
  String.raw({ raw: strings }, ...values.map((value) => value.replace(/[&<>"']/g, (character) => escapes[character]!)))
