import { missing } from '../model/missing.ts'
import type { Answer } from '../server/management.ts'
import type { Call } from './command.ts'

/** By audience, with or without a slash at the end, or by client id. */
export async function findApi({ manage }: Pick<Call, 'manage'>, name: string): Promise<Answer<'getResourceServer'>> {
  const { items } = await manage('listResourceServers')
  const bare = (audience: string) => audience.replace(/\/$/, '')
  const found =
    items.find(({ id, audience }) => id === name || audience === name) ??
    items.find(({ audience }) => bare(audience) === bare(name))
  if (!found) throw missing('API', name)
  return found
}
