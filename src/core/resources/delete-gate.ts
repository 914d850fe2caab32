import type { Gate } from '../../model/clients/gate.ts'
import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import { requirePermission } from '../authority.ts'
import type { World } from '../world.ts'
import { unknownGate } from './change-gate.ts'

/** Deletes a gate. Requests of a proxy to its address are refused afterwards. */
export async function deleteGate(needs: Needs, act: Act, { name }: { name: string }): Promise<Gate> {
  requirePermission(act.by, 'deleteGate')
  const thing = { about: 'gate', aboutId: name }
  const gone = await needs.gates.delete(name, entry(act, 'deleted', thing, { at: needs.now() }))
  if (!gone) throw unknownGate(name)
  return gone
}

type Needs = Pick<World, 'gates' | 'now'>
