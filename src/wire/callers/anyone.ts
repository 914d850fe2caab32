import type { Caller } from '../dialect.ts'

/** Proves nothing, and need not. */
export const anyone: Caller<undefined> = { name: 'anyone', prove: () => ({ who: undefined, concerns: {} }) }
