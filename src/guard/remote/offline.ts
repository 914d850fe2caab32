import { countedByClient, countedByGrant } from '../../model/credentials/counted-by.ts'
import { type ClaimsOf, isTooEarly, typedClaims } from '../../model/credentials/jwt-claims.ts'
import { TOKEN_ALGORITHM } from '../../model/credentials/signing-algorithm.ts'
import { type LogPlace, subjectKey } from '../../model/credentials/validity.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import type { KeySet } from './key-set.ts'

/*
 * Checks access tokens that are JWTs (RFC 9068) without asking the server: this file checks signature, type and issuer;
 * audience, expiry and scopes are judged as for every other verdict. A token names the place in the revocation log at
 * which it was issued, so the feed tells if the token is still valid.
 */

/** `ours`: the signature is right. `foreign`: the server must judge the token. `forged`: the token is refused at once. */
export type OfflineReading =
  | { is: 'ours'; principal: Principal; place: LogPlace; subjects: string[] }
  | { is: 'foreign' }
  | { is: 'forged' }

const LONGEST_TOKEN = 8192
const FOREIGN: OfflineReading = { is: 'foreign' }
const FORGED: OfflineReading = { is: 'forged' }

export async function readOffline(token: string, keys: KeySet): Promise<OfflineReading> {
  if (token.length > LONGEST_TOKEN || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return FOREIGN
  const { base64url, compactVerify, decodeProtectedHeader } = await import('jose')
  // Accepts only the canonical spelling, without set bits after the last byte (RFC 7515 section 2).
  const canonical = (part: string) => base64url.encode(base64url.decode(part)) === part
  let header: ReturnType<typeof decodeProtectedHeader>
  try {
    header = decodeProtectedHeader(token)
  } catch {
    return FOREIGN
  }
  if (header.typ !== 'at+jwt' || typeof header.kid !== 'string') return FOREIGN
  const known = await keys.find(header.kid)
  if (!known) return FOREIGN
  try {
    if (!token.split('.').every(canonical)) return FORGED
    const { payload } = await compactVerify(token, known.key, { algorithms: [TOKEN_ALGORITHM] })
    const claims = typedClaims('at+jwt', JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)))
    if (!claims || isTooEarly(claims, Date.now())) return FORGED
    return claims.iss === known.issuer ? ourToken(claims, header.kid) : FOREIGN
  } catch {
    return FORGED
  }
}

/** Returns `foreign` if claims are missing that revocation needs, so the server is asked. */
function ourToken(claims: Claims, kid: string): OfflineReading {
  const { sub, client_id, client_name, username, user_number, credential_id, grant_id, client_epoch, feed_position } =
    claims
  if (credential_id === undefined || feed_position === undefined || client_name === undefined) return FOREIGN
  const principal: Principal = {
    kind: 'access-token',
    credentialId: credential_id,
    client: { id: client_id, name: client_name },
    scopes: claims.scope.split(' ').filter(Boolean),
    audience: [claims.aud].flat(),
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
  }
  if (sub !== client_id) {
    if (username === undefined || user_number === undefined) return FOREIGN
    principal.subject = { id: sub, number: user_number, handle: username }
  }
  if (grant_id !== undefined) principal.grantId = grant_id
  if (client_epoch !== undefined)
    principal.countedBy = grant_id === undefined ? countedByClient(client_id) : countedByGrant(grant_id)
  const place = { seq: feed_position, incarnation: claims.feed_incarnation ?? '' }
  return { is: 'ours', principal, place, subjects: [subjectKey('signing-key', kid)] }
}

type Claims = ClaimsOf<'at+jwt'>
