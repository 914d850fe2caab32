import { type DataOf, statusOf } from '../../model/credentials/credential.ts'
import { entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import { checkKeyFor } from '../authority.ts'
import type { World } from '../world.ts'
import { findCredential } from './find-credential.ts'
import type { IssuedKey } from './issue/issue-key.ts'
import { makeCredential } from './issue/make-credential.ts'

/** Replaces a key or application token by a new one with the same rights. The old one works until the overlap ends. */
export async function rotateKey(needs: Needs, act: Act, ask: RotateKey): Promise<IssuedKey> {
  const old = await findCredential(needs, act, ask.credentialId, 'rotateCredential')
  const owner = old.userId === undefined ? undefined : await needs.users.byId(old.userId)
  if ((old.kind !== 'api-key' && old.kind !== 'application-token') || !owner) throw conflict(`${old.kind} ${old.id}`)
  const now = needs.now()
  const state = statusOf(old, now)
  if (state === 'disabled')
    throw new Refusal('state-conflict', `${old.id} is disabled`, {
      sentence: 'It is disabled. Enable it first: its successor would work, and this one does not.',
    })
  if (state !== 'active') throw conflict(`${old.id} is ${state === 'spent' ? 'already rotated' : state}`)
  checkKeyFor(act.by, owner, old.scopes)
  const life = old.expiresAt === undefined ? undefined : old.expiresAt - old.createdAt
  const { secret, credential } = makeCredential(needs, old.kind, {
    userId: owner.id,
    audience: old.audience,
    createdAt: now,
    ...(old.name !== undefined && { name: old.name }),
    ...(old.scopes && { scopes: old.scopes }),
    ...(life !== undefined && { expiresAt: now + life }),
    data: { ...carriedOver(old.data), predecessor: old.id },
  })
  const { overlapSeconds } = ask
  const thing = { about: 'credential', aboutId: credential.id, userId: owner.id, credentialId: old.id }
  const detail = { successor: credential.id, overlapSeconds }
  const outcome = await needs.credentials.replace(
    { id: old.id, at: now, overlapEndsAt: now + overlapSeconds * 1000, successor: credential },
    entry(act, 'rotated', thing, { at: now, detail }),
  )
  if (outcome === 'gone') throw conflict(`${old.id} was rotated or revoked at the same moment`)
  return { secret, credential, owner }
}

/** The data of the old key, without its place in the rotation. */
const carriedOver = ({ networks, note, metadata }: DataOf['api-key']): DataOf['api-key'] => ({
  ...(networks && { networks }),
  ...(note !== undefined && { note }),
  ...(metadata && { metadata }),
})

const conflict = (detail: string): Refusal =>
  new Refusal('state-conflict', detail, {
    sentence: 'Only an active API key or application token that was not rotated yet can be rotated.',
  })

export type RotateKey = { credentialId: string; overlapSeconds: number }
type Needs = Pick<World, 'credentials' | 'clients' | 'users' | 'vault' | 'now'>
