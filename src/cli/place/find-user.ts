import { missing } from '../../model/refusals/missing.ts'
import type { Answer } from '../../server/management.ts'
import type { Call } from '../program/command.ts'

/** Finds a user by handle, e-mail address or id. */
export async function findUser({ manage }: Pick<Call, 'manage'>, name: string): Promise<Answer<'getUser'>> {
  const { items } = await manage('listUsers', { query: { named: name } })
  const [user] = items
  if (!user) throw missing('user', name)
  return user
}
