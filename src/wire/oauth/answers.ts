import type { PushedRequest } from '../../core/oauth/authorize/push-request.ts'
import type { DeviceStarted } from '../../core/oauth/device/start-device.ts'
import type { Issued } from '../../core/oauth/grants/grant-type.ts'
import { TOKEN_TYPE } from '../../model/credentials/scheme.ts'
import type { Verdict } from '../../model/credentials/verdict.ts'
import { formatScopes } from '../../model/scopes/scope.ts'
import type { WireAnswer } from '../dialect.ts'
import { noStore, tokenBody } from './tokens.ts'

export const showTokens = (issued: Issued): WireAnswer => ({ status: 200, headers: noStore, body: tokenBody(issued) })

export const showRevoked = (): WireAnswer => ({ status: 200, headers: noStore, body: {} })

/** RFC 8628 section 3.2. */
export const showDeviceStarted = ({ issuer, ...started }: DeviceStarted & { issuer: string }): WireAnswer => ({
  status: 200,
  headers: noStore,
  body: {
    device_code: started.deviceCode,
    user_code: started.userCode,
    verification_uri: `${issuer}/device`,
    verification_uri_complete: `${issuer}/device?user_code=${started.userCode}`,
    expires_in: started.lifeSeconds,
    interval: started.pollSeconds,
  },
})

/** RFC 9126 section 2.2. */
export const showPushed = ({ requestUri, lifeSeconds }: PushedRequest): WireAnswer => ({
  status: 201,
  headers: noStore,
  body: { request_uri: requestUri, expires_in: lifeSeconds },
})

/** RFC 7662 section 2.2; an inactive answer has no other fields. */
export function showIntrospection(verdict: Verdict): WireAnswer {
  if (!verdict.active) return { status: 200, headers: noStore, body: { active: false } }
  const { subject, pairwiseSubject, client, scopes, allScopes, audience, issuedAt, expiresAt, credentialId } =
    verdict.principal
  const body = {
    active: true,
    scope: formatScopes(scopes),
    ...(allScopes && { all_scopes: true }),
    ...(client && { client_id: client.id }),
    ...(subject && { username: subject.handle }),
    token_type: TOKEN_TYPE,
    ...(expiresAt !== undefined && { exp: Math.floor(expiresAt / 1000) }),
    iat: Math.floor(issuedAt / 1000),
    sub: pairwiseSubject ?? subject?.id ?? client?.id,
    ...(audience.length > 0 && { aud: audience.length === 1 ? audience[0] : audience }),
    jti: credentialId,
  }
  return { status: 200, headers: noStore, body }
}

/** The media type of RFC 7517 section 8.5.1. Cached only briefly, so that a withdrawn key disappears soon. */
export const showKeys = (keys: object): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=60' },
  body: JSON.stringify(keys),
})
