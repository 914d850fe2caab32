import { checkAudience } from '../../model/audience.ts'
import { type Gate, isGateName } from '../../model/gate.ts'
import { Refusal } from '../../model/refusal.ts'
import { isScope } from '../../model/scope.ts'
import { type Grantor, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'

/** Defines what is checked at `/forward-auth/gates/NAME`. */
export async function createGate(needs: Needs, by: Grantor, ask: CreateGate): Promise<Gate> {
  requirePower(by, 'resources:write')
  if (!isGateName(ask.name))
    throw new Refusal('parameter-invalid', `not a gate name: ${ask.name.slice(0, 100)}`, {
      parameter: 'name',
      sentence: 'A gate name has 1 to 64 letters, digits and the characters . _ ~ - and begins with a letter or digit.',
    })
  checkGate(ask)
  const { from, ...wanted } = ask
  const gate: Gate = { scopes: [], profile: 'oauth', preflights: 'check', ...wanted, createdAt: needs.now() }
  const outcome = await needs.gates.create(gate, {
    at: gate.createdAt,
    event: 'created',
    about: 'gate',
    aboutId: gate.name,
    actor: by.actor,
    ...from,
  })
  if (outcome === 'name-taken') throw new Refusal('name-taken', `${gate.name} exists`, { parameter: 'name' })
  return gate
}

/** What a gate may ask for. The audience need not be one of an API that is registered here. */
export function checkGate({ audience, scopes }: { audience?: string | null; scopes?: readonly string[] }): void {
  if (typeof audience === 'string') checkAudience(audience)
  const strange = scopes?.find(scope => !isScope(scope))
  if (strange !== undefined) throw new Refusal('scope-unknown', `not a scope: ${strange}`, { parameter: 'scope' })
}

export type CreateGate = Pick<Gate, 'name' | 'audience'> &
  Partial<Pick<Gate, 'scopes' | 'profile' | 'preflights'>> & { from: Source }
type Needs = Pick<World, 'gates' | 'now'>
