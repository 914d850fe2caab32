import { type Client, pkceOf, withinAllowed } from '../../../model/clients/client.ts'
import { OFFLINE_ACCESS } from '../../../model/clients/openid.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { checkDeclared, type ScopeNeeds } from '../../resources/scope-rules.ts'
import type { World } from '../../world.ts'
import { chooseResources } from '../choose-resources.ts'
import { chooseScopes } from '../choose-scopes.ts'
import { takesForms } from '../ways/ways.ts'
import type { AuthorizationRequest, AuthorizeAsk } from './request.ts'

/* Checks of authorization requests. check-request.ts lists their endpoints and their order. */

/** Refuses, or returns the fields of the request that this check reads. */
export type RequestCheck = (needs: CheckNeeds, client: Client, ask: AuthorizeAsk) => Added | Promise<Added>
type Added = Partial<AuthorizationRequest>
export type CheckNeeds = ScopeNeeds & Pick<World, 'lookups' | 'rules' | 'signer'>

/** Supported values for the metadata document (RFC 8414 section 2). */
export const RESPONSE_TYPES = ['code']
export const RESPONSE_MODES = ['query', 'form_post']
export const CHALLENGE_METHODS = ['S256']

const PROMPTS = ['none', 'login', 'consent', 'select_account']
const NOTHING: Added = {}

export const readable: RequestCheck = (_needs, _client, { unreadable }) => {
  if (unreadable) throw unreadable
  return NOTHING
}

/** RFC 9126 sections 5 and 6: refuses a request through the browser if client or server requires pushed ones. */
export const pushed: RequestCheck = ({ rules }, { policy }) => {
  if (policy.pushedRequests === 'required' || rules.pushedRequests === 'required') throw new Refusal('push-required')
  return NOTHING
}

export const responseType: RequestCheck = (_needs, _client, ask) => {
  if (ask.responseType === undefined)
    throw new Refusal('parameter-missing', 'no response_type', {
      parameter: 'response_type',
      sentence: 'The parameter response_type is missing.',
    })
  if (!RESPONSE_TYPES.includes(ask.responseType))
    throw new Refusal('response-type-unsupported', `response type ${ask.responseType.slice(0, 100)}`)
  return NOTHING
}

export const responseMode: RequestCheck = (_needs, client, ask) => {
  if (ask.responseMode !== undefined && !RESPONSE_MODES.includes(ask.responseMode))
    throw unfit('response_mode', 'Only the response modes "query" and "form_post" are supported.')
  const [only = ''] = client.redirectUris
  if (ask.responseMode === 'form_post' && !takesForms(ask.redirectUri ?? only))
    throw unfit('response_mode', 'A redirect address with a scheme of its own cannot receive a form.')
  return NOTHING
}

export const grantType: RequestCheck = (_needs, client) => {
  if (!client.grantTypes.includes('authorization_code'))
    throw new Refusal('grant-type-not-allowed', `${client.id} may not use authorization codes`, {
      sentence: 'This client may not use authorization codes.',
    })
  return NOTHING
}

/** RFC 7636 section 4.3, RFC 9700 section 2.1.1: a challenge without a method means `plain`, which is refused. */
export const pkce: RequestCheck = ({ rules }, client, { challenge, challengeMethod }) => {
  if (challenge === undefined) {
    if (pkceOf(client, rules.confidentialPkce) === 'required' || challengeMethod !== undefined)
      throw new Refusal('pkce-required', `${client.id} sent no challenge`, { parameter: 'code_challenge' })
    return NOTHING
  }
  if (challengeMethod === undefined || !CHALLENGE_METHODS.includes(challengeMethod))
    throw new Refusal('pkce-method-unsupported', `method ${challengeMethod ?? 'missing'}`, {
      parameter: 'code_challenge_method',
    })
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge))
    throw unfit('code_challenge', 'The parameter code_challenge is not a SHA-256 digest in base64url.')
  return { challenge }
}

/**
 * `offline_access` asks for a refresh token. The client's grant types decide whether it gets one, so the client does
 * not register this scope. The scope is ignored if the client may not refresh (OpenID Connect Core section 11). MCP
 * clients add it to every request if the metadata lists it.
 */
export const scope: RequestCheck = async (needs, client, { scopes = [], resources }) => {
  const others = scopes.filter(one => one !== OFFLINE_ACCESS)
  const named = others.length > 0 || scopes.length === 0
  const chosen = named ? await chosenScopes(needs, client, others, resources) : []
  const offline = others.length < scopes.length || chosen.includes(OFFLINE_ACCESS)
  const kept = chosen.filter(one => one !== OFFLINE_ACCESS)
  return { scopes: offline && client.grantTypes.includes('refresh_token') ? [...kept, OFFLINE_ACCESS] : kept }
}

/**
 * A client that registered itself without scopes gets the scopes that it requests. If it requests none, it gets the
 * scopes of the APIs that it names.
 */
async function chosenScopes(
  needs: CheckNeeds,
  client: Client,
  asked: readonly Scope[],
  resources: readonly string[],
): Promise<Scope[]> {
  if (client.policy.allowedScopes === 'registered' || asked.length > 0 || client.scopes.length > 0) {
    const chosen = chooseScopes(client, asked)
    if (client.policy.allowedScopes === 'unreserved') await checkDeclared(needs, chosen, 'scope')
    return chosen
  }
  const offered = (await chooseResources(needs, resources)).flatMap(api => api.scopes)
  return withinAllowed(client, [...new Set(offered)])
}

export const resource: RequestCheck = async (needs, _client, { resources }) => {
  const chosen = await chooseResources(needs, resources)
  return { resources: chosen.map(({ audience }) => audience) }
}

/** The longest name of an account. A longer hint is ignored. */
const LONGEST_HINT = 254
/** OpenID Connect Core section 3.1.2.1. */
export const signIn: RequestCheck = (_needs, client, ask) => {
  const { prompt, loginHint, askAgain = false, maxAge = client.metadata.defaultMaxAge?.toString() } = ask
  if (prompt.some(one => !PROMPTS.includes(one)) || (prompt.includes('none') && prompt.length > 1))
    throw unfit('prompt', 'The parameter prompt has a value, or a combination of values, that is not supported.')
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge))
    throw unfit('max_age', 'The parameter max_age is a number of seconds.')
  return {
    signIn: {
      silent: prompt.includes('none'),
      anew: prompt.includes('login') || prompt.includes('select_account'),
      ...(maxAge !== undefined && { maxAge: Number(maxAge) }),
      ...(loginHint !== undefined && loginHint.length <= LONGEST_HINT && { loginHint }),
    },
    askAgain: askAgain || prompt.includes('consent'),
  }
}

const unfit = (parameter: string, sentence: string): Refusal =>
  new Refusal('parameter-invalid', `unfit ${parameter}`, { parameter, sentence })
