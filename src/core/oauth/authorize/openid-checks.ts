import { mayAskFor } from '../../../model/clients/client.ts'
import { type Acr, type ClaimRequests, type ClaimsRequest, isAcr } from '../../../model/clients/openid.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { CLAIM_NAMES, STANDARD_CLAIMS } from '../../../model/users/standard-claims.ts'
import { type Asked, readClaims } from '../../openid/claims-parameter.ts'
import type { RequestCheck } from './request-checks.ts'

/* Checks of the parameters of OpenID Connect Core sections 3.1.2.1 and 5.5. */

const LONGEST_NONCE = 4096
export const nonce: RequestCheck = (_needs, _client, ask) => {
  if (ask.nonce === undefined) return {}
  if (ask.nonce.length > LONGEST_NONCE)
    throw unfit('nonce', `The parameter nonce has more than ${LONGEST_NONCE} characters.`)
  return { nonce: ask.nonce }
}

/** A hint must be an id token of this client; it may have expired (section 3.1.2.1). It does not authenticate the person. */
export const hint: RequestCheck = async ({ rules, signer }, client, { idTokenHint }) => {
  if (idTokenHint === undefined || !rules.openid) return {}
  const claims = await signer.verify(idTokenHint, 'id-token')
  if (claims?.iss !== rules.issuer || claims.aud !== client.id)
    throw unfit('id_token_hint', 'The parameter id_token_hint is no id token that this server issued to this client.')
  return { subject: claims.sub }
}

/** Drops claims that this client may not read, so that the stored request contains only what is answered. */
export const claims: RequestCheck = (_needs, client, ask) => {
  const asked = ask.claims === undefined ? {} : readClaims(ask.claims)
  if (!asked)
    throw unfit('claims', 'The parameter claims is not a JSON object as OpenID Connect Core section 5.5 has it.')
  const subject = (asked.idToken?.['sub'] ?? asked.userinfo?.['sub'])?.value
  if (subject !== undefined && (typeof subject !== 'string' || subject.length > 255))
    throw unfit('claims', 'The value of sub in the parameter claims is not a subject identifier.')
  const known = (requests: Asked['idToken']): ClaimRequests | undefined => {
    const names = CLAIM_NAMES.filter(
      name => requests && Object.hasOwn(requests, name) && mayAskFor(client).includes(STANDARD_CLAIMS[name].scope),
    )
    return names.length === 0 ? undefined : Object.fromEntries(names.map(name => [name, null]))
  }
  const [userinfo, idToken] = [known(asked.userinfo), known(asked.idToken)]
  const kept: ClaimsRequest = { ...(userinfo && { userinfo }), ...(idToken && { idToken }) }
  return {
    ...(userinfo || idToken ? { claims: kept } : {}),
    ...(subject !== undefined && { subject }),
    ...contextOf(client, ask, asked),
  }
}

/**
 * Returns the wanted classes of the sign-in. An `acr` that the claims parameter marks as essential must be met;
 * `acr_values` is only a wish (section 5.5.1.1).
 */
function contextOf(
  client: Parameters<RequestCheck>[1],
  { acrValues }: Parameters<RequestCheck>[2],
  asked: Asked,
): { context?: { values: Acr[]; essential: boolean } } {
  const single = asked.idToken?.['acr']
  const named = single?.values ?? (single?.value === undefined ? undefined : [single.value])
  const wanted = named ?? acrValues?.split(' ') ?? client.metadata.defaultAcrValues ?? []
  const values = wanted.filter(isAcr)
  const essential = named !== undefined && single?.essential === true
  if (essential && values.length === 0)
    throw new Refusal('acr-unmet', `unknown acr ${JSON.stringify(named).slice(0, 200)}`)
  return values.length === 0 ? {} : { context: { values, essential } }
}

const unfit = (parameter: string, sentence: string): Refusal =>
  new Refusal('parameter-invalid', `unfit ${parameter}`, { parameter, sentence })
