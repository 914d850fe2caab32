import type { Act } from '../../model/actor.ts'
import { readAudience } from '../../model/audience.ts'
import { type Gate, isGateName } from '../../model/gate.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import { isScope } from '../../model/scope.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'

/** Defines what is checked at `/forward-auth/gates/NAME`. */
export async function createGate(needs: Needs, act: Act, ask: CreateGate): Promise<Gate> {
  requirePermission(act.by, 'createGate')
  if (!isGateName(ask.name))
    throw new Refusal('parameter-invalid', `not a gate name: ${ask.name.slice(0, 100)}`, {
      parameter: 'name',
      sentence: 'A gate name has 1 to 64 letters, digits and the characters . _ ~ - and begins with a letter or digit.',
    })
  checkGate(ask)
  const gate: Gate = { scopes: [], profile: 'oauth', preflights: 'check', ...ask, createdAt: needs.now() }
  const thing = { about: 'gate', aboutId: gate.name }
  const outcome = await needs.gates.create(gate, entry(act, 'created', thing, { at: gate.createdAt }))
  if (outcome === 'name-taken') throw new Refusal('name-taken', `${gate.name} exists`, { parameter: 'name' })
  return gate
}

/** What a gate may ask for. The audience need not be one of an API that is registered here. */
export function checkGate({ audience, scopes }: { audience?: string | null; scopes?: readonly string[] }): void {
  if (typeof audience === 'string') readAudience(audience)
  const strange = scopes?.find(scope => !isScope(scope))
  if (strange !== undefined) throw new Refusal('scope-unknown', `not a scope: ${strange}`, { parameter: 'scope' })
}

export type CreateGate = Pick<Gate, 'name' | 'audience'> & Partial<Pick<Gate, 'scopes' | 'profile' | 'preflights'>>
type Needs = Pick<World, 'gates' | 'now'>
