import { Rejected, type Check } from './check.ts'
import { findBytes } from './find-bytes.ts'

/** Names (ISO 32000-1, 12.6.4) of what does something when the document is opened. */
const actions: Readonly<Record<string, string>> = {
  '/javascript': 'a script',
  '/launch': 'an action that starts a program',
  '/embeddedfile': 'another file',
}

/**
 * Documents do nothing and hold no other files. A name can be written with #-codes; in a document that is not encrypted
 * nobody does so but to hide it. What is inside compressed objects is left to the antivirus.
 */
export const pdf: Check = async ({ path, contentType, signal }) => {
  if (contentType !== 'application/pdf') return
  const [found] = await findBytes(path, [...Object.keys(actions), ...hidden], signal)
  if (found) throw new Rejected('ACTIVE_CONTENT', `The document holds ${actions[found] ?? 'a name that is hidden'}`)
}

/** `/JavaScript`, `/JS`, `/Launch` with their first letter, or the one after it, as a code. */
const hidden = ['/#4aavascript', '/j#61vascript', '/#4as', '/j#53', '/#4caunch', '/l#61unch']
