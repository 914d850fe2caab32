import type { Gate } from '../../model/gate.ts'
import { Refusal } from '../../model/refusal.ts'
import type { GateChange } from '../../ports/gates.ts'
import { type Grantor, requirePower } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { checkGate } from './create-gate.ts'

/** Changes what a gate asks for; every process checks by it within a second. */
export async function changeGate(needs: Needs, by: Grantor, ask: ChangeGate): Promise<Gate> {
  requirePower(by, 'resources:write')
  const { name, from, ...change } = ask
  checkGate(change)
  const fields = Object.keys(change)
  const changed = await needs.gates.change(name, change, {
    ...entry(needs, by, ask),
    event: 'changed',
    detail: { fields },
  })
  if (!changed) throw unknownGate(name)
  return changed
}

/** Removes a gate; whatever a proxy sends there is refused from then on. */
export async function deleteGate(needs: Needs, by: Grantor, ask: { name: string; from: Source }): Promise<Gate> {
  requirePower(by, 'resources:write')
  const gone = await needs.gates.delete(ask.name, { ...entry(needs, by, ask), event: 'deleted' })
  if (!gone) throw unknownGate(ask.name)
  return gone
}

export const unknownGate = (name: string): Refusal =>
  new Refusal('not-found', `no gate ${name.slice(0, 100)}`, { sentence: 'There is no such gate.' })

const entry = (needs: Needs, by: Grantor, { name, from }: { name: string; from: Source }) => ({
  at: needs.now(),
  about: 'gate',
  aboutId: name,
  actor: by.actor,
  ...from,
})

export type ChangeGate = GateChange & { name: string; from: Source }
type Needs = Pick<World, 'gates' | 'now'>
