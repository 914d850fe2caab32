import { entry } from '../../model/journal.ts'
import type { Act } from '../../model/users/actor.ts'
import { requireOperator } from '../authority.ts'
import type { World } from '../world.ts'

/** Ends an import: deletes the password strings of the other system, which also ends the tokens derived from them. */
export async function endImport(needs: Needs, act: Act): Promise<number> {
  requireOperator(act.by)
  const detail = { what: 'imported passwords forgotten' }
  return needs.users.forgetImportedPasswords(entry(act, 'changed', { about: 'user' }, { at: needs.now(), detail }))
}

type Needs = Pick<World, 'users' | 'now'>
