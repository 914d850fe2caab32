import { lackingFor, requirePermission } from '../../core/authority.ts'
import { checkCredential } from '../../core/check/check-credential.ts'
import { provesItself } from '../../core/sign-in/proves-itself.ts'
import type { World } from '../../core/world.ts'
import { PROBLEMS } from '../../guard/answer/problems.ts'
import { isMisread, judge, type Problem } from '../../guard/decide/judge.ts'
import { readCarried } from '../../guard/request/presented.ts'
import { header, sourceOf, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Principal } from '../../model/credentials/verdict.ts'
import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Source } from '../../model/source.ts'
import { type Act, type ClientActor, nameOf, type OperatorActor, type UserActor } from '../../model/users/actor.ts'
import type { Session, SessionAct } from '../../model/users/session.ts'
import { effectiveScopes } from '../../model/users/user.ts'
import { concernsOf, ownCheck } from '../callers/bearer.ts'
import { carrierOf } from '../callers/carriers.ts'
import type { Caller, Proven } from '../dialect.ts'
import { checkCsrf, refuseForeignOrigin, sessionOf } from '../ui/session.ts'
import type { Language } from '../ui/words/choose.ts'
import { OPERATIONS, type Operation, type OperationId } from './contract.ts'
import { languageOf } from './refusals.ts'

/** The caller of the management API. */
export type AdminAct = Act<UserActor | ClientActor | OperatorActor> & {
  session?: Session
  /** Identifies the caller to whom an Idempotency-Key belongs. */
  name: string
  /** The language of sentences in the answer; English if the caller asks for no other. */
  language?: Language
}

const SAFE = ['GET', 'HEAD']

/**
 * Accepts a credential with the needed scopes, or a session of a person with the needed role or with rights to their own
 * things.
 */
export function adminCaller(id: OperationId): Caller<AdminAct> {
  return {
    name: 'credential or session',
    async prove(world, request) {
      const principal = await principalOf(world, request, OPERATIONS[id].needs)
      const language = languageOf(request)
      if (principal) {
        const { who, concerns } = await byCredential(world, { principal, from: sourceOf(request) }, id)
        return { who: { ...who, language }, concerns }
      }
      const session = await sessionOf(world, request)
      if (!session) throw new Refusal('credential-missing', 'neither credential nor session')
      refuseForeignOrigin(world, request)
      if (!SAFE.includes(request.method)) checkCsrf([session.csrf], header(request, 'x-claviger-csrf'))
      return {
        who: { ...bySession(world, { session, from: sourceOf(request) }, id), language },
        concerns: { userId: session.user.id },
      }
    },
  }
}

/**
 * Checks the credential as a guard does, with the scopes of the operation, so that missing scopes are counted as a
 * refusal. If the credential does not pass, a session cookie is not used instead.
 */
async function principalOf(
  world: World,
  request: WireRequest,
  scopes: readonly Scope[],
): Promise<Principal | undefined> {
  const carried = readCarried(undefined, carrierOf(request))
  if (carried.is === 'nothing' && !carried.otherScheme) return undefined
  const judgement = await judge(carried, presented =>
    checkCredential(world, ownCheck(request), {
      presented,
      audiences: [{ audience: world.rules.issuer, strictAudience: false }],
      scopes,
      ip: request.address.caller,
    }),
  )
  if (judgement.passed) return judgement.verdict.principal
  const { problem } = judgement
  if (problem === 'scope-insufficient')
    throw new Refusal(problem, `the management API needs ${scopes.join(' ')}`, { scopes })
  const copied = problem === 'scheme-inside' || problem === 'line-break'
  const facts = copied ? { sentence: PROBLEMS[problem].text } : {}
  throw new Refusal(codeFor(problem), `presented to the management API: ${problem}`, facts)
}

/** The code tells the caller that the credential does not pass, and nothing about its owner or application. */
function codeFor(problem: Problem): RefusalCode {
  if (problem === 'empty') return 'credential-missing'
  if (isMisread(problem)) return 'credential-malformed'
  return problem === 'owner-disabled' || problem === 'client-disabled' ? 'credential-revoked' : problem
}

async function byCredential(
  world: World,
  { principal, from }: { principal: Principal; from: Source },
  id: OperationId,
): Promise<Proven<AdminAct>> {
  const by = await actorOf(world, principal)
  const concerns = concernsOf(principal)
  const { needs }: Operation = OPERATIONS[id]
  if (needs.length === 0)
    throw new Refusal('permission-missing', `${nameOf(by)} is no session`, {
      sentence: 'This is for people who are signed in to the console.',
    }).concerning(concerns)
  const lacking = lackingFor(by, id)
  if (lacking.length > 0)
    throw new Refusal('scope-insufficient', `${principal.credentialId} lacks ${lacking.join(' ')}`, {
      scopes: needs,
    }).concerning(concerns)
  return { who: { by, from, name: `credential ${principal.credentialId}` }, concerns }
}

/** Returns the current user of a credential, or its client. */
async function actorOf(world: World, principal: Principal): Promise<UserActor | ClientActor> {
  const { subject, scopes, credentialId } = principal
  const client = principal.client && (await world.lookups.client(principal.client.id))
  if (subject) {
    const user = await world.users.byId(subject.id)
    if (!user) throw new Refusal('credential-revoked', `user ${subject.id} is gone`)
    return { is: 'user', user, scopes, credentialId, ...(client && { clientId: client.id }) }
  }
  if (!client) throw new Refusal('credential-revoked', `the client of credential ${credentialId} is gone`)
  return { is: 'client', client, scopes: await ofClient(world, client, scopes), credentialId }
}

/** A client acts for its owner, so its scopes are limited to the owner's current rights. */
async function ofClient(world: World, { ownerId }: Client, scopes: Scope[]): Promise<Scope[]> {
  if (ownerId === undefined) return scopes
  const owner = await world.users.byId(ownerId)
  return owner?.active ? effectiveScopes(scopes, owner) : []
}

function bySession(world: World, { session, from }: Pick<SessionAct, 'session' | 'from'>, id: OperationId): AdminAct {
  const by: UserActor = { is: 'user', user: session.user, signedInAt: session.provenAt }
  const operation: Operation = OPERATIONS[id]
  if (operation.self === undefined) requirePermission(by, id)
  if (operation.fresh) requireFresh(world, session)
  return { by, from, session, name: `user ${session.user.id}` }
}

/** Requires a proof of identity within ten minutes, for actions that must not be possible in an unattended browser. */
export function requireFresh(world: Pick<World, 'now'>, session: Session | undefined): void {
  if (session && !provesItself(session.provenAt, world.now()))
    throw new Refusal('login-required', `no recent proof in a session of ${session.user.handle}`, {
      sentence:
        'This needs a proof that it is you, less than ten minutes old (POST /v1/session/proof). Then repeat it.',
    })
}
