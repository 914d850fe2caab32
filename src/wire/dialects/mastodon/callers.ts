import type { World } from '../../../core/world.ts'
import { readAuthorization } from '../../../http/authorization-header.ts'
import type { Params } from '../../../http/params.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import { isReason } from '../../../model/credentials/verdict.ts'
import { Refusal, type RefusalCode } from '../../../model/refusals/refusal.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act, ClientActor, Oneself, SelfRegistration } from '../../../model/users/actor.ts'
import { registrationAct } from '../../callers/anyone.ts'
import { actOf, type CredentialAct, concernsOf, principalOf } from '../../callers/bearer.ts'
import type { Caller, Proven } from '../../dialect.ts'
import { proveClient } from '../../oauth/callers.ts'

/* Callers of these paths. Only access tokens are accepted, not keys of other systems. */

const OURS = ['mastodon'] as const

const proveToken = async (world: World, request: WireRequest, anyScope?: Scope[]): Promise<Proven<CredentialAct>> => {
  const principal = await principalOf(world, request, { dialects: OURS, ...(anyScope && { anyScope }) })
  return { who: actOf(principal, request), concerns: concernsOf(principal) }
}

/** Any active token of an application or a user, with any scopes or none. */
export const anyToken: Caller<CredentialAct> = { name: 'access token', prove: proveToken }

/** A token of an application or a user, with one of these scopes. */
export const token = (...anyScope: Scope[]): Caller<CredentialAct> => ({
  name: `access token with ${anyScope.join(' or ')}`,
  prove: (world, request) => proveToken(world, request, anyScope),
})

/** A token of a user, with one of these scopes. */
export const user = (...anyScope: Scope[]): Caller<Act<Oneself>> => ({
  name: `access token of a user with ${anyScope.join(' or ')}`,
  async prove(world, request) {
    const { who, concerns } = await proveToken(world, request, anyScope)
    const { by, from } = who
    if (by.is !== 'user') throw new Refusal('user-required', `credential ${by.credentialId} has no user`)
    return { who: { by, from }, concerns }
  },
})

/** Registration is open. An active token registers for its user and needs the scope; any other credential is ignored. */
export const registrant: Caller<Registrant> = {
  name: 'anyone, or an access token with write:applications',
  async prove(world, request) {
    const act = registrationAct(request)
    const proven = await unlessDead(proveToken(world, request, ['write:applications']))
    if (!proven) return { who: act, concerns: {} }
    const { who, concerns } = proven
    return { who: who.by.is === 'user' ? { ...act, ownerId: who.by.user.id } : act, concerns }
  },
}

/** Ignores invalid credentials that clients send without need: an entry of .netrc, `Bearer null`, an expired token. */
async function unlessDead<Who>(proving: Promise<Who>): Promise<Who | undefined> {
  try {
    return await proving
  } catch (error) {
    if (error instanceof Refusal && isDead(error.code)) return undefined
    throw error
  }
}
const isDead = (code: RefusalCode): boolean =>
  code === 'credentials-mixed' || (isReason(code) && code !== 'scope-insufficient')

export type Registrant = Act<SelfRegistration> & { ownerId?: string }

/** Refuses every request, because these paths exist in the original and are closed there too. */
export const noOne: Caller<never> = {
  name: 'no one',
  prove() {
    throw new Refusal('permission-missing', 'applications are managed at /api/v1/apps')
  },
}

async function readBody(request: WireRequest): Promise<Params> {
  await request.load()
  return readParams(request, 'form', 'multipart', 'json')
}

/** The client at the token endpoint. The refusal of a form without a grant type names all missing parameters. */
export const clientWithGrant: Caller<Act<ClientActor>> = {
  name: 'client',
  async prove(world, request) {
    const body = await readBody(request)
    if (body.one('grant_type') === undefined) throw incompleteForm(body)
    return proveClient(world, request, body)
  },
}

function incompleteForm(body: Params): Refusal {
  const lacking = ['client_id', 'client_secret', 'redirect_uri'].filter(name => body.one(name) === undefined)
  const sentences = [
    'grant_type was not set in the token request form, but must be set to authorization_code or client_credentials',
    ...lacking.map(name => `${name} was not set in the token request form`),
  ]
  return new Refusal('parameter-missing', 'no grant_type', {
    parameter: 'grant_type',
    sentence: ['Bad Request', ...sentences].join(': '),
  })
}

/** The client that revokes a token. The refusal names both missing parameters. */
export const clientGivingBack: Caller<Act<ClientActor>> = {
  name: 'client',
  async prove(world, request) {
    const body = await readBody(request)
    const missing = (name: string) =>
      new Refusal('parameter-missing', `no ${name}`, { parameter: name, sentence: `Bad Request: ${name} not set` })
    if (body.one('token') === undefined) throw missing('token')
    if (body.one('client_secret') !== undefined && body.one('client_id') === undefined && !readAuthorization(request))
      throw missing('client_id')
    return proveClient(world, request, body)
  },
}
