import { type CredentialKind, OPENING_KINDS } from '../../model/credentials/credential.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { missing } from '../../model/refusals/missing.ts'
import { type Act, nameOf } from '../../model/users/actor.ts'
import { mayTouch } from '../authority.ts'
import { findClient } from '../clients/find-client.ts'
import type { World } from '../world.ts'
import { type EndableNeeds, findEndable } from './find-endable.ts'
import { revokeCredential } from './revoke-credential.ts'

/**
 * Ends the named credentials, or all of an owner or a client. If one named credential belongs to another owner, ends none.
 */
export async function revokeAll(needs: Needs, act: Act, ask: RevokeAll): Promise<number> {
  if (ask.of === 'named') {
    for (const id of ask.ids) await findEndable(needs, act, id, 'revokeCredentials')
    let count = 0
    for (const credentialId of ask.ids) count += (await revokeCredential(needs, act, { credentialId })).count
    return count
  }
  const owner = await ownerOf(needs, act, ask)
  if (ask.of === 'user' && (ask.kinds ?? OPENING_KINDS).includes('token-pair')) await endDerived(needs, act, ask)
  const thing = { about: ask.of, aboutId: ask.id, ...owner }
  const detail = { kinds: ask.kinds ?? 'all' }
  return needs.credentials.revokeAll(
    { ...owner, kinds: ask.kinds ?? OPENING_KINDS },
    entry(act, 'revoked', thing, { at: needs.now(), detail }),
  )
}

/**
 * Tokens derived by another site have no row before their first use. Deleting the imported password string makes all of them
 * invalid.
 */
async function endDerived(needs: Needs, act: Act, { id }: { id: string }): Promise<void> {
  if ((await needs.users.byId(id))?.importedPassword === undefined) return
  const what = { at: needs.now(), detail: { what: 'tokens derived elsewhere ended' } }
  await needs.users.change(id, { importedPassword: null }, entry(act, 'changed', aboutUser({ id }), what))
}

async function ownerOf(needs: Needs, act: Act, ask: RevokeAll & { id: string }) {
  if (ask.of === 'client') return { clientId: (await findClient(needs, act, ask.id, 'revokeCredentials')).id }
  if (!mayTouch(act.by, ask.id, 'revokeCredentials') || !(await needs.users.byId(ask.id)))
    throw missing('user', ask.id, nameOf(act.by))
  return { userId: ask.id }
}

export type RevokeAll =
  | { of: 'named'; ids: readonly string[] }
  | { of: 'user' | 'client'; id: string; kinds?: readonly CredentialKind[] }
type Needs = EndableNeeds & Pick<World, 'endedStatements' | 'users' | 'now'>
