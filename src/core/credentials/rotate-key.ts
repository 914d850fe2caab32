import { statusOf } from '../../model/credential.ts'
import { Refusal } from '../../model/refusal.ts'
import { checkKeyFor, type Grantor } from '../authority.ts'
import type { Source, World } from '../world.ts'
import { findCredential } from './find-credential.ts'
import type { IssuedKey } from './issue-key.ts'
import { makeCredential } from './make-credential.ts'

/** Replaces a key or application token by a new one that may do the same; the old one works until the overlap ends. */
export async function rotateKey(needs: Needs, by: Grantor, ask: RotateKey): Promise<IssuedKey> {
  const old = await findCredential(needs, by, ask.credentialId, 'credentials:write')
  const owner = old.userId === undefined ? undefined : await needs.users.byId(old.userId)
  if ((old.kind !== 'api-key' && old.kind !== 'application-token') || !owner) throw conflict(`${old.kind} ${old.id}`)
  const now = needs.now()
  const state = statusOf(old, now)
  if (state !== 'active') throw conflict(`${old.id} is ${state === 'spent' ? 'already rotated' : state}`)
  checkKeyFor(by, owner, old.scopes)
  const life = old.expiresAt === undefined ? undefined : old.expiresAt - old.createdAt
  const { secret, credential } = makeCredential(needs, old.kind, {
    userId: owner.id,
    audience: old.audience,
    createdAt: now,
    ...(old.name !== undefined && { name: old.name }),
    ...(old.scopes && { scopes: old.scopes }),
    ...(life !== undefined && { expiresAt: now + life }),
    data: { ...(old.data.networks && { networks: old.data.networks }), predecessor: old.id },
  })
  const outcome = await needs.credentials.replace(
    {
      id: old.id,
      at: now,
      overlapEndsAt: now + ask.overlapSeconds * 1000,
      successor: credential,
    },
    {
      at: now,
      event: 'rotated',
      about: 'credential',
      aboutId: credential.id,
      actor: by.actor,
      userId: owner.id,
      credentialId: old.id,
      detail: { successor: credential.id, overlapSeconds: ask.overlapSeconds },
      ...ask.from,
    },
  )
  if (outcome === 'gone') throw conflict(`${old.id} was rotated or revoked at the same moment`)
  return { secret, credential, owner }
}

const conflict = (detail: string): Refusal =>
  new Refusal('state-conflict', detail, {
    sentence: 'Only an active API key or application token that was not rotated yet can be rotated.',
  })

export type RotateKey = { credentialId: string; overlapSeconds: number; from: Source }
type Needs = Pick<World, 'credentials' | 'clients' | 'users' | 'vault' | 'now'>
