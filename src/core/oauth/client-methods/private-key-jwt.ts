import {
  ASSERTION_ALGORITHMS,
  type Assertion,
  assertionDigest,
  isSignedBy,
  readAssertion,
} from '../../../crypto/client-assertion.ts'
import { hasKeys } from '../../../model/clients/client-metadata.ts'
import type { RefusalFacts } from '../../../model/refusals/refusal.ts'
import { HOUR, MINUTE, SECOND } from '../../../model/span.ts'
import type { ClientClaim, ClientMethod, ProofNeeds } from './client-method.ts'

/** RFC 7523 section 2.2. */
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Other types are signed for other purposes (RFC 8725 section 3.11). */
const TYPES = [undefined, 'JWT', 'client-authentication+jwt']
/** The tolerated difference between the clocks of client and server. */
const LEEWAY = MINUTE
/** The longest life of an assertion, which is made for one request. */
const LONGEST = HOUR

type AssertionProof = ClientClaim & { assertion: Assertion | undefined }

/** A JWT signed with the client's own key (RFC 7523 section 3, OpenID Connect Core section 9). It is accepted once. */
export const privateKeyJwt: ClientMethod<AssertionProof> = {
  name: 'private_key_jwt',
  presents: 'proof',
  parameters: ['client_assertion_type', 'client_assertion'],
  algorithms: ASSERTION_ALGORITHMS,
  read({ parameters }) {
    const [type, text] = [parameters.one('client_assertion_type'), parameters.one('client_assertion')]
    if (type !== TYPE || text === undefined) return undefined
    const assertion = readAssertion(text)
    const subject = assertion?.claims['sub']
    return { assertion, clientId: typeof subject === 'string' ? subject : parameters.one('client_id') }
  },

  async proves(needs, client, { assertion }) {
    if (!assertion)
      return unfit(`The client_assertion must be a JWT signed by one of ${ASSERTION_ALGORITHMS.join(', ')}.`)
    if (!hasKeys(client)) return unfit('This client has no keys here. Register its jwks or jwks_uri.')
    const { tokenEndpointAuthSigningAlg: registered = assertion.algorithm } = client.metadata
    if (assertion.algorithm !== registered) return unfit(`This client registered to sign with ${registered} alone.`)
    const { iss, sub, aud, exp, nbf, iat, jti } = assertion.claims
    if (!TYPES.includes(assertion.type)) return unfit(`The client_assertion has the type ${TYPES[1]} or none.`)
    if (iss !== client.id || sub !== client.id)
      return unfit('iss and sub of the client_assertion must be the client_id.')
    if (!isForUs(needs, aud))
      return unfit(`aud of the client_assertion must be ${needs.rules.issuer}, as one text or a list of one.`)
    if (typeof jti !== 'string' || jti === '' || jti.length > 256)
      return unfit('The client_assertion needs a jti of its own.')
    const now = needs.now()
    if (typeof exp !== 'number' || exp * SECOND <= now - LEEWAY) return unfit('The client_assertion has expired (exp).')
    if (exp * SECOND > now + LONGEST + LEEWAY) return unfit('The client_assertion may end in an hour at most (exp).')
    for (const time of [nbf, iat])
      if (time !== undefined && (typeof time !== 'number' || time * SECOND > now + LEEWAY))
        return unfit('The client_assertion is not good yet (nbf, iat): compare the clock of the client.')
    if (!(await isSignedBy(assertion, await needs.clientKeys.of(client, assertion.keyId))))
      return unfit('The client_assertion is signed by a key that is not registered for this client.')
    // The store remembers a used assertion for all processes until the assertion expires.
    const first = await needs.assertions.use(assertionDigest(client.id, jti), exp * SECOND + LEEWAY)
    return first ? true : unfit('The client_assertion was used before (jti). Make a new one for each request.')
  },
}

const isForUs = ({ rules }: ProofNeeds, aud: unknown): boolean => {
  const [only, ...others] = Array.isArray(aud) ? aud : [aud]
  return (
    others.length === 0 && typeof only === 'string' && rules.assertionPaths.some(path => only === rules.issuer + path)
  )
}

const unfit = (sentence: string): RefusalFacts => ({ parameter: 'client_assertion', sentence })
