import { fileTypeFromFile } from 'file-type'
import { Rejected, type Check } from './check.ts'

/** Its bytes are of the type that its name says. */
export const realType: Check = async ({ path, contentType }) => {
  const found = await fileTypeFromFile(path)
  if (found?.mime === contentType) return
  throw new Rejected(
    'TYPE_MISMATCH',
    `Its name says ${contentType}, and it is ${found?.mime ?? 'nothing that is known'}`,
  )
}
