import { hintOf, mintSecret } from '../../crypto/credential-format.ts'
import { aboutClient, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import { checkPowerOf, isOwn } from '../authority.ts'
import type { World } from '../world.ts'
import { findClient } from './find-client.ts'
import type { RegisteredClient } from './register-client.ts'

/** Makes a new secret. Old secrets work until the overlap ends; without an overlap they end at once. */
export async function rotateClientSecret(
  needs: Needs,
  act: Act,
  ask: RotateClientSecret,
): Promise<Required<RegisteredClient>> {
  const client = await findClient(needs, act, ask.clientId, 'rotateClientSecret')
  if (client.type === 'public')
    throw new Refusal('state-conflict', `${client.id} is public`, { sentence: 'A public client has no secret.' })
  if (client.source === 'document')
    throw new Refusal('state-conflict', `${client.id} is described by a document`, {
      sentence:
        'This application is described by its metadata document and proves itself with the keys named there. It has no secret.',
    })
  // The secret gives all rights of the client, so for another user's client the actor must hold its scopes.
  if (!isOwn(act.by, client.ownerId)) checkPowerOf(act.by, client)
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
