import { Rejected, type Check } from './check.ts'

/** What is stored is what was announced. */
export const sizeAndChecksum: Check = ({ size, sha256, announced }) => {
  if (size !== announced.size)
    throw new Rejected('SIZE_MISMATCH', `${size} bytes were uploaded, ${announced.size} were announced`)
  if (announced.sha256 && sha256 !== announced.sha256)
    throw new Rejected('CHECKSUM_MISMATCH', 'The bytes do not have the SHA-256 that was announced')
}
