import type { RegistrationBlock } from '../../../model/clients/registration-block.ts'
import { entry } from '../../../model/journal.ts'
import { missing } from '../../../model/refusals/missing.ts'
import type { Act } from '../../../model/users/actor.ts'
import { requirePermission } from '../../authority.ts'
import type { World } from '../../world.ts'
import { aboutBlock } from './block-registrations.ts'

/** Removes a block. Clients that were disabled with the block stay disabled. */
export async function unblockRegistrations(
  needs: Needs,
  act: Act,
  block: Pick<RegistrationBlock, 'subject' | 'value'>,
): Promise<void> {
  requirePermission(act.by, 'deleteRegistrationBlock')
  const gone = await needs.registrations.unblock(block, entry(act, 'deleted', aboutBlock(block), { at: needs.now() }))
  if (!gone) throw missing('block', block.value)
}

type Needs = Pick<World, 'registrations' | 'now'>
