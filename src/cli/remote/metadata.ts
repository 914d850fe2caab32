import { Refusal } from '../../model/refusals/refusal.ts'
import { askServer, notClaviger, type Reply } from './ask-server.ts'

/* The OAuth endpoints of a server and its refusals, for the command line as a client. */

export type Endpoints = {
  authorization: string
  token: string
  revocation: string
  /** The device authorization endpoint; absent if the server does not offer the device grant (RFC 8628). */
  device?: string
  scopes: readonly string[]
}

/** The endpoints of this issuer (RFC 8414). Refuses metadata of another issuer. */
export async function endpointsOf(url: string): Promise<Endpoints> {
  const reply = await askServer(url, { method: 'GET', path: '/.well-known/oauth-authorization-server' })
  const told = (reply.json ?? {}) as Record<string, unknown>
  const { issuer, authorization_endpoint, token_endpoint, revocation_endpoint, scopes_supported } = told
  const device = told['device_authorization_endpoint']
  if (reply.status !== 200 || typeof issuer !== 'string') throw notClaviger(url, reply)
  if (issuer !== url)
    throw new Refusal('parameter-invalid', `the issuer is ${issuer}`, {
      sentence: `The server at ${url} is called ${issuer}. Use that address: --url ${issuer}`,
    })
  return {
    authorization: endpoint(url, authorization_endpoint),
    token: endpoint(url, token_endpoint),
    revocation: endpoint(url, revocation_endpoint),
    ...(device !== undefined && { device: endpoint(url, device) }),
    scopes: Array.isArray(scopes_supported) ? scopes_supported.map(String) : [],
  }
}

/** Accepts endpoints of the named server only, so codes and tokens go nowhere else. */
function endpoint(url: string, told: unknown): string {
  if (typeof told === 'string' && told.startsWith(`${url}/`)) return told.slice(url.length)
  throw new Refusal('unavailable', `endpoint ${String(told)}`, {
    sentence: `${url} does not say where its endpoints are. Is it a Claviger server?`,
  })
}

/** An error response (RFC 6749 section 5.2), in the words of the server. */
export function oauthRefusal(url: string, reply: Reply): Refusal {
  const { error, error_description } = (reply.json ?? {}) as Record<string, unknown>
  if (typeof error !== 'string') return notClaviger(url, reply)
  const sentence = typeof error_description === 'string' ? error_description : error
  return new Refusal(error === 'access_denied' ? 'consent-denied' : 'grant-revoked', `${url}: ${error}`, { sentence })
}
