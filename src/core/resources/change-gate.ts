import type { Gate } from '../../model/clients/gate.ts'
import { entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { GateChange } from '../../ports/resources.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { checkGate } from './create-gate.ts'
import type { ScopeNeeds } from './scope-rules.ts'

/** Changes the conditions of a gate. All processes apply them within a second. */
export async function changeGate(needs: Needs, act: Act, ask: ChangeGate): Promise<Gate> {
  requirePermission(act.by, 'changeGate')
  const { name, ...change } = ask
  const before = await needs.gates.byName(name)
  const added = change.scopes?.filter(scope => !before?.scopes.includes(scope))
  await checkGate(needs, { ...change, ...(added && { scopes: added }) })
  const thing = { about: 'gate', aboutId: name }
  const detail = { fields: Object.keys(change) }
  const changed = await needs.gates.change(name, change, entry(act, 'changed', thing, { at: needs.now(), detail }))
  if (!changed) throw unknownGate(name)
  return changed
}

export const unknownGate = (name: string): Refusal => missing('gate', name)

export type ChangeGate = GateChange & { name: string }
type Needs = ScopeNeeds & Pick<World, 'gates' | 'now'>
