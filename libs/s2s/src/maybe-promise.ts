/** At once when it is at hand. */
export type MaybePromise<T> = T | Promise<T>
