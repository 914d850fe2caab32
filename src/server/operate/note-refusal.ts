import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import { entry } from '../../model/journal.ts'
import { isOfDocument, isOfRegistration, type Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import type { NamedActor } from '../../model/users/actor.ts'

/** Refusals without a user or client: unknown addresses, and pages that ask people to sign in. */
const NOISE: ReadonlySet<RefusalCode> = new Set(['not-found', 'method-not-allowed', 'session-missing'])

/**
 * With these codes, the scopes in the refusal are scopes that the caller lacks. With other codes they are the scopes
 * that may be requested.
 */
const LACKING: ReadonlySet<RefusalCode> = new Set(['scope-insufficient', 'permission-missing'])

/**
 * Records every refused request of every dialect. Skips refusals that the decision has recorded already, such as a
 * credential that did not pass. `place` is the route template, because a raw address may contain anything.
 */
export function noteRefusal(world: World, request: WireRequest, refusal: Refusal, place: string): void {
  if (NOISE.has(refusal.code)) return
  const scopes = LACKING.has(refusal.code) ? refusal.facts.scopes : undefined
  // The detail has the same shape as that of a check, so that `explain` can show and evaluate it again.
  const detail =
    faultOf(refusal) ?? (scopes && { rule: 'scope', found: 'not enough', needed: scopes.join(' '), asked: { scopes } })
  const act = { by: actorOf(refusal), from: { requestId: request.id, ip: request.ip } }
  const thing = { about: 'request', aboutId: place, ...refusal.concerns }
  world.recorder.refused(entry(act, 'refused', thing, { at: world.now(), reason: refusal.code, detail }))
}

/**
 * The fault of a client that is not stored, and its place: the field of the registration, or the address of the
 * document.
 */
function faultOf({ code, facts, text }: Refusal): Record<string, unknown> | undefined {
  if (isOfRegistration(code)) return { rule: 'registration', parameter: facts.parameter, found: text }
  return isOfDocument(code)
    ? { rule: 'client document', parameter: facts.document?.slice(0, 200), found: text }
    : undefined
}

function actorOf({ concerns: { userId, clientId } }: Refusal): NamedActor {
  if (userId !== undefined) return { is: 'user', user: { id: userId } }
  return clientId === undefined ? { is: 'anonymous' } : { is: 'client', client: { id: clientId } }
}
