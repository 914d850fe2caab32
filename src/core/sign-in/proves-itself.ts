import { isRecent } from '../../model/credentials/age.ts'
import { MINUTE } from '../../model/span.ts'

/**
 * Within this time after a proof, the server assumes that the owner acts, and not the holder of a stolen token or
 * session.
 */
const PROOF_LASTS = 10 * MINUTE

export const provesItself = (signedInAt: number, now: number): boolean => isRecent(signedInAt, now, PROOF_LASTS)
