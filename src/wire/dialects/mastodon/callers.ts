import { authenticateClient } from '../../../core/oauth/authenticate-client.ts'
import type { World } from '../../../core/world.ts'
import { readAuthorization } from '../../../http/authorization-header.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import type { Client } from '../../../model/client.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Scope } from '../../../model/scope.ts'
import type { Principal } from '../../../model/verdict.ts'
import { principalOf } from '../../callers/bearer.ts'
import type { Caller } from '../../dialect.ts'
import { readClientProof } from '../../oauth/callers.ts'

/* Who must prove themselves at these paths. Only access tokens open them: a key of another system is no key here. */

const OURS = ['mastodon'] as const

/** Any live token, whatever its scopes, of an application alone or of a user. */
export const anyToken = (world: World, request: WireRequest): Promise<Principal> =>
  principalOf(world, request, { dialects: OURS })

/** A token of an application alone or of a user, with one of these scopes. */
export const token = (...anyScope: Scope[]): Caller<Principal> => {
  const token: Caller<Principal> = (world, request) => principalOf(world, request, { dialects: OURS, anyScope })
  return token
}

/** A token that acts for a user, with one of these scopes. */
export const user = (...anyScope: Scope[]): Caller<Acting> => {
  const user: Caller<Acting> = async (world, request) => {
    const principal = await principalOf(world, request, { dialects: OURS, anyScope })
    if (!principal.subject) throw new Refusal('user-required', `credential ${principal.credentialId} has no user`)
    return { ...principal, subject: principal.subject }
  }
  return user
}
export type Acting = Principal & { subject: NonNullable<Principal['subject']> }

/** Registration is open; who shows a token registers for themselves and needs the scope for it. */
export async function registrant(world: World, request: WireRequest): Promise<string | undefined> {
  if (!readAuthorization(request)) return undefined
  return (await token('write:applications')(world, request)).subject?.id
}

/** Nobody: these paths exist in the original and are shut there too. */
export function nobodyAtAll(): never {
  throw new Refusal('permission-missing', 'applications are managed at /api/v1/apps')
}

const readBody = (request: WireRequest) => readParams(request, 'form', 'multipart', 'json')

/** The client at the token endpoint; a form without a grant type is told everything it lacks at once. */
export function clientWithGrant(world: World, request: WireRequest): Promise<Client> {
  const body = readBody(request)
  if (body.one('grant_type') === undefined) {
    const lacking = ['client_id', 'client_secret', 'redirect_uri'].filter(name => body.one(name) === undefined)
    const sentences = [
      'grant_type was not set in the token request form, but must be set to authorization_code or client_credentials',
      ...lacking.map(name => `${name} was not set in the token request form`),
    ]
    throw new Refusal('parameter-missing', 'no grant_type', {
      parameter: 'grant_type',
      sentence: ['Bad Request', ...sentences].join(': '),
    })
  }
  return authenticateClient(world, readClientProof(request, body))
}

/** The client that gives back a token. Both parts of the form are named when they are missing. */
export function clientGivingBack(world: World, request: WireRequest): Promise<Client> {
  const body = readBody(request)
  const missing = (name: string) =>
    new Refusal('parameter-missing', `no ${name}`, { parameter: name, sentence: `Bad Request: ${name} not set` })
  if (body.one('token') === undefined) throw missing('token')
  if (body.one('client_secret') !== undefined && body.one('client_id') === undefined && !readAuthorization(request))
    throw missing('client_id')
  return authenticateClient(world, readClientProof(request, body))
}
