import type { Credential } from '../../../model/credentials/credential.ts'
import { aboutCredential, entry } from '../../../model/journal.ts'
import { readNetworks } from '../../../model/networks.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { readAudience } from '../../../model/scopes/audience.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import type { Act } from '../../../model/users/actor.ts'
import type { User } from '../../../model/users/user.ts'
import { checkKeyFor, isOwn, requirePermission } from '../../authority.ts'
import { checkName } from '../../clients/name-rules.ts'
import { checkDeclared, type ScopeNeeds } from '../../resources/scope-rules.ts'
import type { World } from '../../world.ts'
import { checkEnd, checkNote, readMetadata } from '../credential-rules.ts'
import { makeCredential } from './make-credential.ts'
import { storeFor } from './store-for.ts'

/** Issues an application token or an API key to a user. The secret is shown once. */
export async function issueKey(needs: Needs, act: Act, ask: IssueKey): Promise<IssuedKey> {
  const { by } = act
  checkName(ask.name)
  if (!isOwn(by, ask.userId)) requirePermission(by, 'createCredential')
  const owner = await needs.users.byId(ask.userId)
  if (!owner) throw missing('user', ask.userId)
  if (!owner.active) throw new Refusal('owner-disabled', `${owner.handle} is disabled`)
  checkKeyFor(by, owner, ask.scopes)
  await checkDeclared(needs, ask.scopes ?? [])
  const networks = readNetworks(ask.networks ?? [])
  const audience = (ask.audience ?? []).map(readAudience)
  const now = needs.now()
  if (ask.expiresAt !== undefined) checkEnd(ask.expiresAt, now)
  const note = ask.note ? checkNote(ask.note) : undefined
  const metadata = ask.metadata && readMetadata(ask.metadata)
  const { secret, credential } = makeCredential(needs, ask.kind, {
    ...(ask.secret !== undefined && { secret: ask.secret }),
    name: ask.name,
    userId: owner.id,
    audience,
    createdAt: now,
    ...(ask.scopes && { scopes: ask.scopes }),
    ...(ask.expiresAt !== undefined && { expiresAt: ask.expiresAt }),
    data: { ...(networks.length > 0 && { networks }), ...(note && { note }), ...(metadata && { metadata }) },
  })
  await storeFor(needs, owner, credential, entry(act, 'issued', aboutCredential(credential), { at: now }))
  return { secret, credential, owner }
}

export type IssueKey = {
  kind: 'application-token' | 'api-key'
  userId: string
  name: string
  /** The scopes of the key; absent: all rights of the owner. */
  scopes?: Scope[]
  audience?: string[]
  networks?: string[]
  expiresAt?: number
  note?: string
  metadata?: Record<string, string>
  /** An existing secret of another system that must continue to work. */
  secret?: string
}
export type IssuedKey = { secret: string; credential: Credential; owner: User }
type Needs = ScopeNeeds & Pick<World, 'users' | 'credentials' | 'vault' | 'now'>
