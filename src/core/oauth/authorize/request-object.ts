import { ASSERTION_ALGORITHMS, isSignedBy, readAssertion } from '../../../crypto/client-assertion.ts'
import { type Client, cameByItself } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Source } from '../../../model/source.ts'
import { SECOND } from '../../../model/span.ts'
import type { World } from '../../world.ts'
import type { AuthorizeAsk, RequestObject } from './request.ts'

/*
 * A request as a signed JWT (RFC 9101, OpenID Connect Core section 6): by value, or at an address that the client registered.
 * Only its own parameters count.
 */

/** All of these algorithms are asymmetric; `none` is not among them. */
export const REQUEST_OBJECT_ALGORITHMS: readonly string[] = ASSERTION_ALGORITHMS

const LONGEST = 65_536
/** A JWT with another type was made for another purpose (RFC 8725 section 3.11). */
const TYPES: readonly (string | undefined)[] = [undefined, 'JWT', 'oauth-authz-req+jwt']

/**
 * Returns the request inside the request object. If the object cannot be used, returns the outer request with the
 * refusal, so that the redirect address of the outer request gets the error.
 */
export async function unwrapRequest(
  needs: UnwrapNeeds,
  from: Source,
  client: Client,
  sent: AuthorizeAsk,
): Promise<Unwrapped> {
  const { object, ...outer } = sent
  if (!object || outer.unreadable) return { ask: outer }
  // Each such request makes this server send one to an address that a stranger chose.
  if (object.uri !== undefined && cameByItself(client)) needs.throttle.count('client-document', from)
  try {
    const claims = await readObject(needs, client, await textOf(needs, client, object))
    if (outer.responseType !== undefined && claims['response_type'] !== outer.responseType)
      throw unfit('names another response_type than the request around it')
    const ask = object.read(membersOf(claims))
    if (ask.object || ask.pushed !== undefined) throw unfit('contains another request object')
    return { ask }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ask: outer, refusal: error }
  }
}
type Unwrapped = { ask: AuthorizeAsk; refusal?: Refusal }

async function textOf(needs: UnwrapNeeds, client: Client, object: RequestObject): Promise<string> {
  if (object.text !== undefined) return object.text
  const { uri = '' } = object
  // A fragment is compared with the registered address, but is not sent to its server (OpenID Connect Core section
  // 6.2).
  if (!client.metadata.requestUris?.includes(uri) || !uri.startsWith('https://'))
    throw new Refusal('request-uri-unfit', `${client.id} did not register this request_uri`)
  const text = await needs.clientFiles.read(uri.split('#', 1)[0] ?? '', client, LONGEST)
  if (text === undefined) throw new Refusal('request-uri-unfit', 'no request object could be read there')
  return text.trim()
}

async function readObject(
  needs: UnwrapNeeds,
  client: Client,
  text: string,
): Promise<Readonly<Record<string, unknown>>> {
  const read = text.length > LONGEST ? undefined : readAssertion(text)
  if (!read || !TYPES.includes(read.type)) throw unfit('is not a JWT that is signed by one of the supported algorithms')
  const { requestObjectSigningAlg: registered } = client.metadata
  if (registered !== undefined && registered !== read.algorithm)
    throw unfit(`is not signed by ${registered}, which this client registered`)
  if (!(await isSignedBy(read, await needs.clientKeys.of(client, read.keyId))))
    throw unfit('is not signed by a key of this client')
  const { claims } = read
  const now = needs.now() / SECOND
  if (claims['client_id'] !== client.id) throw unfit('names another client_id')
  if (claims['iss'] !== undefined && claims['iss'] !== client.id) throw unfit('has another iss than the client')
  // A JWT whose `sub` is the client would also work as a client assertion (RFC 9101 section 10.8).
  if (claims['sub'] === client.id) throw unfit('is a client assertion')
  if (claims['aud'] !== undefined && ![claims['aud']].flat().includes(needs.rules.issuer))
    throw unfit('is made for another server (aud)')
  if (claims['exp'] !== undefined && !(Number(claims['exp']) > now)) throw unfit('has expired')
  if (claims['nbf'] !== undefined && !(Number(claims['nbf']) <= now + CLOCK_SKEW)) throw unfit('is not valid yet')
  return claims
}

/** Seconds. */
const CLOCK_SKEW = 60
/** Claims of the JWT itself. */
const OWN = ['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'sub']

/** The parameters as a form would hold them: numbers in digits, objects as JSON, lists as several values. */
const membersOf = (claims: Readonly<Record<string, unknown>>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(claims)
      .filter(([name, value]) => !OWN.includes(name) && value !== null && value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : textIn(value)]),
  )
const textIn = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const unfit = (why: string): Refusal =>
  new Refusal('request-object-unfit', `a request object that ${why}`, {
    parameter: 'request',
    sentence: `The request object ${why}.`,
  })

export type UnwrapNeeds = Pick<World, 'clientFiles' | 'clientKeys' | 'throttle' | 'rules' | 'now'>
