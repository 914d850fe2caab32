import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import { Refusal } from '../../model/refusal.ts'
import { checkHandOut, type Grantor, isOwn } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { findClient } from './find-client.ts'
import type { RegisteredClient } from './register-client.ts'

/** A new secret for a client; the ones before it work until the overlap ends (none: from this moment not any more). */
export async function rotateClientSecret(
  needs: Needs,
  by: Grantor,
  ask: RotateClientSecret,
): Promise<Required<RegisteredClient>> {
  const client = await findClient(needs, by, ask.clientId)
  if (client.type === 'public')
    throw new Refusal('state-conflict', `${client.id} is public`, { sentence: 'A public client has no secret.' })
  // Whoever gets another's secret gets what the client may do.
  if (!isOwn(by, client.ownerId)) checkHandOut(by, client.scopes)
  const now = needs.now()
  const secret = mintSecret('cs')
  const stored = await needs.clients.addSecret(
    client.id,
    { fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt: now },
    now + ask.overlapSeconds * 1000,
    {
      at: now,
      event: 'rotated',
      about: 'client',
      aboutId: client.id,
      actor: by.actor,
      clientId: client.id,
      detail: { overlapSeconds: ask.overlapSeconds },
      ...ask.from,
    },
  )
  if (!stored) throw new Refusal('not-found', `client ${client.id} was deleted meanwhile`)
  return { client: await findClient(needs, by, client.id), secret }
}

export type RotateClientSecret = { clientId: string; overlapSeconds: number; from: Source }
type Needs = Pick<World, 'clients' | 'vault' | 'now'>
