import type { Credential } from '../model/credential.ts'
import { Refusal } from '../model/refusal.ts'
import { isScope, type Scope } from '../model/scope.ts'
import { mayGrant, type User } from '../model/user.ts'
import { checkName } from './client-rules.ts'
import { makeCredential } from './make-credential.ts'
import type { Source, World } from './world.ts'

/** Makes a long-lived credential for a user: an application token or an API key. Its secret is shown once. */
export async function issueKey(needs: Needs, by: Grantor, ask: IssueKey): Promise<IssuedKey> {
  checkName(ask.name)
  const owner = await needs.users.byId(ask.userId)
  if (!owner) throw new Refusal('user-unknown', `no user ${ask.userId}`)
  if (!owner.active) throw new Refusal('owner-disabled', `${owner.handle} is disabled`)
  for (const scope of ask.scopes ?? []) {
    if (!isScope(scope)) throw new Refusal('scope-unknown', `not a scope: ${scope}`, { parameter: 'scope' })
    // Nobody hands out what they do not hold; the operator at the machine holds everything.
    if (by.user && !mayGrant(by.user, scope))
      throw new Refusal('scope-too-wide', `${by.user.handle} may not hand out ${scope}`, {
        parameter: 'scope',
        sentence: `You cannot hand out the scope "${scope}", because you do not hold it.`,
      })
  }
  const now = needs.now()
  if (ask.expiresAt !== undefined && ask.expiresAt <= now)
    throw new Refusal('parameter-invalid', 'expiry in the past', {
      parameter: 'expires_at',
      sentence: 'The expiry lies in the past.',
    })
  const { secret, credential } = makeCredential(needs, ask.kind, {
    ...(ask.secret !== undefined && { secret: ask.secret }),
    name: ask.name,
    userId: owner.id,
    audience: ask.audience ?? [],
    createdAt: now,
    ...(ask.scopes && { scopes: ask.scopes }),
    ...(ask.expiresAt !== undefined && { expiresAt: ask.expiresAt }),
    data: ask.networks && ask.networks.length > 0 ? { networks: ask.networks } : {},
  })
  await needs.credentials.issue([credential], {
    at: now,
    event: 'issued',
    about: 'credential',
    aboutId: credential.id,
    actor: by.actor,
    userId: owner.id,
    credentialId: credential.id,
    ...ask.from,
  })
  return { secret, credential, owner }
}

/** Who makes it: a signed-in user with their rights, or the operator (no user). */
export type Grantor = { actor: string; user?: User }
export type IssueKey = {
  kind: 'application-token' | 'api-key'
  userId: string
  name: string
  /** Absent: it carries whatever its owner may do. */
  scopes?: Scope[]
  audience?: string[]
  networks?: string[]
  expiresAt?: number
  /** A string made elsewhere that must go on working. */
  secret?: string
  from: Source
}
export type IssuedKey = { secret: string; credential: Credential; owner: User }
type Needs = Pick<World, 'users' | 'credentials' | 'vault' | 'now'>
