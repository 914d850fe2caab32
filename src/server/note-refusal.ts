import type { World } from '../core/world.ts'
import type { WireRequest } from '../http/request.ts'
import type { NamedActor } from '../model/actor.ts'
import { entry } from '../model/journal.ts'
import type { Refusal, RefusalCode } from '../model/refusal.ts'

/** Refusals that concern no user or client: addresses that do not exist, and pages that ask people to sign in. */
const NOISE: ReadonlySet<RefusalCode> = new Set(['not-found', 'method-not-allowed', 'session-missing'])

/** The caller lacks the scopes that the refusal names. Elsewhere it names those that might have been asked for. */
const LACKING: ReadonlySet<RefusalCode> = new Set(['scope-insufficient', 'permission-missing'])

/**
 * Every request that was turned away reaches the recorder, whichever dialect it spoke: here and nowhere else. What the
 * decision noted already, such as a credential that did not pass, is not noted twice. `place` is the route, never the
 * address as sent, which may hold anything.
 */
export function noteRefusal(world: World, request: WireRequest, refusal: Refusal, place: string): void {
  if (NOISE.has(refusal.code)) return
  const scopes = LACKING.has(refusal.code) ? refusal.facts.scopes : undefined
  // As a check notes it, so that it can be explained and judged again.
  const detail = scopes && { rule: 'scope', found: 'not enough', needed: scopes.join(' '), asked: { scopes } }
  const act = { by: actorOf(refusal), from: { requestId: request.id, ip: request.ip } }
  const thing = { about: 'request', aboutId: place, ...refusal.concerns }
  world.recorder.refused(entry(act, 'refused', thing, { at: world.now(), reason: refusal.code, detail }))
}

function actorOf({ concerns: { userId, clientId } }: Refusal): NamedActor {
  if (userId !== undefined) return { is: 'user', user: { id: userId } }
  return clientId === undefined ? { is: 'anonymous' } : { is: 'client', client: { id: clientId } }
}
