import type { Client } from '../../../model/client.ts'
import { Refusal, type RefusalCode } from '../../../model/refusal.ts'
import type { World } from '../../world.ts'
import { chooseResources, chooseScopes } from '../choose-scopes.ts'
import type { AuthorizationRequest, AuthorizeAsk, ReturnAddress } from './request.ts'

/** One check: the refusals it can end in, and what it adds to the request that is being understood. */
type Check = {
  name: string
  refuses: readonly RefusalCode[]
  check(needs: Needs, client: Client, ask: AuthorizeAsk): Added | Promise<Added>
}
type Added = Partial<AuthorizationRequest>

/** What is supported, as the metadata document lists it (RFC 8414 section 2). */
export const RESPONSE_TYPES = ['code']
export const RESPONSE_MODES = ['query']
export const CHALLENGE_METHODS = ['S256']

const PROMPTS = ['none', 'login', 'consent', 'select_account']
const NOTHING: Added = {}

/** In order. Client and address are known by now, so every refusal here goes to the application's own address. */
export const CHECKS: readonly Check[] = [
  {
    name: 'every parameter stands once and is a text',
    refuses: ['parameter-repeated', 'parameter-invalid'],
    check(_needs, _client, { unreadable }) {
      if (unreadable) throw unreadable
      return NOTHING
    },
  },
  {
    name: 'the request stands in its parameters',
    refuses: ['parameter-invalid'],
    check(_needs, _client, { wrapped }) {
      if (wrapped) throw unfit(wrapped, `The parameter ${wrapped} is not supported.`)
      return NOTHING
    },
  },
  {
    name: 'response type',
    refuses: ['parameter-missing', 'response-type-unsupported'],
    check(_needs, _client, { responseType }) {
      if (responseType === undefined)
        throw new Refusal('parameter-missing', 'no response_type', {
          parameter: 'response_type',
          sentence: 'The parameter response_type is missing.',
        })
      if (!RESPONSE_TYPES.includes(responseType))
        throw new Refusal('response-type-unsupported', `response type ${responseType.slice(0, 100)}`)
      return NOTHING
    },
  },
  {
    name: 'response mode',
    refuses: ['parameter-invalid'],
    check(_needs, _client, { responseMode }) {
      if (responseMode !== undefined && !RESPONSE_MODES.includes(responseMode))
        throw unfit('response_mode', 'Only the response mode "query" is supported.')
      return NOTHING
    },
  },
  {
    name: 'grant type of the client',
    refuses: ['grant-type-not-allowed'],
    check(_needs, client) {
      if (!client.grantTypes.includes('authorization_code'))
        throw new Refusal('grant-type-not-allowed', `${client.id} may not use authorization codes`, {
          sentence: 'This client may not use authorization codes.',
        })
      return NOTHING
    },
  },
  {
    // RFC 7636 section 4.3, RFC 9700 section 2.1.1: without a method the client means `plain`, which is refused.
    name: 'PKCE',
    refuses: ['pkce-required', 'pkce-method-unsupported', 'parameter-invalid'],
    check(_needs, client, { challenge, challengeMethod }) {
      if (challenge === undefined) {
        if (client.type === 'public' || client.policy.pkce === 'required' || challengeMethod !== undefined)
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
    },
  },
  {
    name: 'scope',
    refuses: ['scope-unknown', 'scope-too-wide'],
    check(_needs, client, { scopes }) {
      return { scopes: chooseScopes(client, scopes) }
    },
  },
  {
    name: 'resource',
    refuses: ['audience-unknown'],
    async check(needs, _client, { resources }) {
      const chosen = await chooseResources(needs, resources)
      return { resources: chosen.map(({ audience }) => audience) }
    },
  },
  {
    // OpenID Connect Core section 3.1.2.1
    name: 'prompt and age of the sign-in',
    refuses: ['parameter-invalid'],
    check(needs, _client, { prompt, maxAge, askAgain = false }) {
      if (prompt.some(one => !PROMPTS.includes(one)) || (prompt.includes('none') && prompt.length > 1))
        throw unfit('prompt', 'The parameter prompt has a value, or a combination of values, that is not supported.')
      if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge))
        throw unfit('max_age', 'The parameter max_age is a number of seconds.')
      const anew = prompt.includes('login') || prompt.includes('select_account')
      return {
        silent: prompt.includes('none'),
        askAgain: askAgain || prompt.includes('consent'),
        ...((anew || maxAge !== undefined) && {
          signedInSince: needs.now() - (anew ? 0 : Number(maxAge) * 1000),
        }),
      }
    },
  },
]

/** Runs the checks; what they return is the request as it will be stored and answered. */
export async function checkRequest(
  needs: Needs,
  client: Client,
  ask: AuthorizeAsk,
  to: ReturnAddress,
): Promise<AuthorizationRequest> {
  const request: AuthorizationRequest = {
    ...to,
    clientId: client.id,
    redirectUriSent: ask.redirectUri !== undefined,
    scopes: [],
    resources: [],
    askAgain: false,
    silent: false,
  }
  for (const { check } of CHECKS) Object.assign(request, await check(needs, client, ask))
  return request
}

const unfit = (parameter: string, sentence: string): Refusal =>
  new Refusal('parameter-invalid', `unfit ${parameter}`, { parameter, sentence })

type Needs = Pick<World, 'lookups' | 'now'>
