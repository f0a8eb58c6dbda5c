import { hashSync, verifySync, type Options } from '@node-rs/argon2'

export interface HashTask {
  password: string
  options: Options
}

export interface VerifyTask {
  known: string
  password: string
}

/** What a thread of argon2-threads.ts does. */
export const hash = ({ password, options }: HashTask): string => hashSync(password, options)
export const verify = ({ known, password }: VerifyTask): boolean => verifySync(known, password)
