import { type CredentialKind, KINDS } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { type Grantor, mayTouch } from '../authority.ts'
import { findClient } from '../clients/find-client.ts'
import type { Source, World } from '../world.ts'
import { findCredential } from './find-credential.ts'
import { revokeCredential } from './revoke-credential.ts'

const POWER = 'credentials:revoke'
const RENEWING: readonly CredentialKind[] = ['refresh-token', 'authorization-code']
/** What ends where no kinds are named: all that opens an API, and what turns into such. Sessions are ended by name. */
const STANDARD = (Object.keys(KINDS) as CredentialKind[]).filter(kind => KINDS[kind].bearer || RENEWING.includes(kind))

/** Ends several credentials: those that are named, or all of an owner or of a client. One that is not theirs stops it all. */
export async function revokeAll(needs: Needs, by: Grantor, ask: RevokeAll): Promise<number> {
  if (ask.of === 'named') {
    for (const id of ask.ids) await findCredential(needs, by, id, POWER)
    let count = 0
    for (const credentialId of ask.ids)
      count += (await revokeCredential(needs, by, { credentialId, from: ask.from })).count
    return count
  }
  const owner = await ownerOf(needs, by, ask)
  if (ask.of === 'user' && (ask.kinds ?? STANDARD).includes('token-pair')) await endDerived(needs, by, ask)
  return needs.credentials.revokeAll(
    { ...owner, kinds: ask.kinds ?? STANDARD },
    {
      at: needs.now(),
      event: 'revoked',
      about: ask.of,
      aboutId: ask.id,
      actor: by.actor,
      detail: { kinds: ask.kinds ?? 'all' },
      ...owner,
      ...ask.from,
    },
  )
}

/** Tokens that another site derived have no row until they are first shown; without what they are derived from none is right. */
async function endDerived(needs: Needs, by: Grantor, { id, from }: { id: string; from: Source }): Promise<void> {
  if ((await needs.users.byId(id))?.importedPassword === undefined) return
  await needs.users.change(
    id,
    { importedPassword: null },
    {
      at: needs.now(),
      event: 'changed',
      about: 'user',
      aboutId: id,
      actor: by.actor,
      userId: id,
      detail: { what: 'tokens derived elsewhere ended' },
      ...from,
    },
  )
}

async function ownerOf(needs: Needs, by: Grantor, ask: RevokeAll & { id: string }) {
  if (ask.of === 'client') return { clientId: (await findClient(needs, by, ask.id, POWER)).id }
  if (!mayTouch(by, ask.id, POWER) || !(await needs.users.byId(ask.id)))
    throw new Refusal('user-unknown', `no user ${ask.id.slice(0, 40)} for ${by.actor}`)
  return { userId: ask.id }
}

export type RevokeAll = { from: Source } & (
  | { of: 'named'; ids: readonly string[] }
  | { of: 'user' | 'client'; id: string; kinds?: readonly CredentialKind[] }
)
type Needs = Pick<World, 'credentials' | 'clients' | 'users' | 'now'>
