import type { Walk } from './walk.ts'

export type State = 'ok' | 'warn' | 'fail'
/** `fix` says what to do; a finding that is `ok` has none. */
export type Finding = { state: State; found: string; fix?: string }

/** One step towards a token. `look` returns `undefined` if an earlier step did not lead to this one. */
export type Check = { step: string; look(walk: Walk): Finding | undefined }

export const ok = (found: string): Finding => ({ state: 'ok', found })
export const warn = (found: string, fix: string): Finding => ({ state: 'warn', found, fix })
export const fail = (found: string, fix: string): Finding => ({ state: 'fail', found, fix })
