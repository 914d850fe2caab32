import { missing } from '../../model/refusals/missing.ts'
import { sameAudience } from '../../model/scopes/audience.ts'
import type { Answer } from '../../server/management.ts'
import type { Call } from '../program/command.ts'

/** Finds an API by client id, or by audience in any spelling, with or without a final slash. */
export async function findApi({ manage }: Pick<Call, 'manage'>, name: string): Promise<Answer<'getResourceServer'>> {
  const { items } = await manage('listResourceServers')
  const bare = (audience: string) => audience.replace(/\/$/, '')
  const found = items.find(({ id, audience }) => id === name || sameAudience(bare(audience), bare(name)))
  if (!found) throw missing('API', name)
  return found
}
