import { type Gate, isGateName } from '../../model/clients/gate.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { readAudience } from '../../model/scopes/audience.ts'
import type { Act } from '../../model/users/actor.ts'
import type { GateChange } from '../../ports/resources.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { checkDeclared, type ScopeNeeds } from './scope-rules.ts'

/** Defines the conditions checked at `/forward-auth/gates/NAME`. */
export async function createGate(needs: Needs, act: Act, ask: CreateGate): Promise<Gate> {
  requirePermission(act.by, 'createGate')
  if (!isGateName(ask.name))
    throw new Refusal('parameter-invalid', `not a gate name: ${ask.name.slice(0, 100)}`, {
      parameter: 'name',
      sentence: 'A gate name has 1 to 64 letters, digits and the characters . _ ~ - and begins with a letter or digit.',
    })
  await checkGate(needs, ask)
  const gate: Gate = { scopes: [], profile: 'oauth', preflights: 'check', ...ask, createdAt: needs.now() }
  const thing = { about: 'gate', aboutId: gate.name }
  const outcome = await needs.gates.create(gate, entry(act, 'created', thing, { at: gate.createdAt }))
  if (outcome === 'name-taken') throw new Refusal('name-taken', `${gate.name} exists`, { parameter: 'name' })
  return gate
}

/** Validates the conditions of a gate. Its audience may be one without a registered API. */
export async function checkGate(needs: ScopeNeeds, { audience, scopes }: GateChange): Promise<void> {
  if (typeof audience === 'string') readAudience(audience)
  await checkDeclared(needs, scopes ?? [])
}

export type CreateGate = Pick<Gate, 'name' | 'audience'> & Partial<Pick<Gate, 'scopes' | 'profile' | 'preflights'>>
type Needs = ScopeNeeds & Pick<World, 'gates' | 'now'>
