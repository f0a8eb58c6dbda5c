/** `gift-cards` -> `GiftCards` */
export const pascal = (kebab: string) => kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `gift-cards` -> `giftCards` */
export const camel = (kebab: string) => kebab.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** `gift-cards` -> `gift_cards` */
export const snake = (kebab: string) => kebab.replaceAll('-', '_')

/** `gift-cards` -> `GIFT_CARDS` */
export const constant = (kebab: string) => snake(kebab).toUpperCase()

export const spaced = (kebab: string) => kebab.replaceAll('-', ' ')

/** Good enough for names: `orders` -> `order`, `deliveries` -> `delivery`, `boxes` -> `box`. */
export function singular(word: string): string {
  if (/(ss|us|is)$/.test(word)) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2)
  return word.replace(/s$/, '')
}

export function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

export const article = (word: string) => (/^[aeiou]/.test(word) ? 'an' : 'a')
