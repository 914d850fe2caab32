import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import type { Act } from '../../model/actor.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import { checkHandOut, isOwn } from '../authority.ts'
import type { World } from '../world.ts'
import { findClient } from './find-client.ts'
import type { RegisteredClient } from './register-client.ts'

/** A new secret for a client; the ones before it work until the overlap ends (none: from this moment not any more). */
export async function rotateClientSecret(
  needs: Needs,
  act: Act,
  ask: RotateClientSecret,
): Promise<Required<RegisteredClient>> {
  const client = await findClient(needs, act, ask.clientId, 'rotateClientSecret')
  if (client.type === 'public')
    throw new Refusal('state-conflict', `${client.id} is public`, { sentence: 'A public client has no secret.' })
  // The secret of another's client gives all that the client may do.
  if (!isOwn(act.by, client.ownerId)) checkHandOut(act.by, client.scopes)
  const now = needs.now()
  const secret = mintSecret('cs')
  const stored = await needs.clients.addSecret(
    client.id,
    { fingerprint: needs.vault.fingerprint(secret), hint: hintOf(secret), createdAt: now },
    now + ask.overlapSeconds * 1000,
    entry(act, 'rotated', aboutClient(client), { at: now, detail: { overlapSeconds: ask.overlapSeconds } }),
  )
  if (!stored) throw new Refusal('not-found', `client ${client.id} was deleted meanwhile`)
  return { client: await findClient(needs, act, client.id, 'rotateClientSecret'), secret }
}

export type RotateClientSecret = { clientId: string; overlapSeconds: number }
type Needs = Pick<World, 'clients' | 'vault' | 'now'>
