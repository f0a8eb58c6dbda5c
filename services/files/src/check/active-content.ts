import { Rejected, type Check } from './check.ts'

const markup = /^(<!doctype|<html|<head|<body|<script|<svg|<iframe|<img|<style|<\?xml|<\?php|<%|<!--)/

/** Text as browsers would guess it, without what comes before its first sign. */
function textOf(head: Buffer): string {
  const utf16 = head[0] === 0xff && head[1] === 0xfe
  const swapped = head[0] === 0xfe && head[1] === 0xff
  const whole = head.subarray(0, head.length & ~1)
  const text = utf16
    ? whole.toString('utf16le')
    : swapped
      ? Buffer.from(whole).swap16().toString('utf16le')
      : head.toString('utf8')
  return text.replace(/^[\s\ufeff\u0000]+/, '').toLowerCase()
}

/** A browser that trusts its own guess more than the type would run it. */
export const activeContent: Check = ({ head }) => {
  if (markup.test(textOf(head))) throw new Rejected('ACTIVE_CONTENT', 'It is a page or a drawing that can hold scripts')
}
