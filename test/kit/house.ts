import { randomBytes } from 'node:crypto'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { makeCredential } from '../../src/core/credentials/issue/make-credential.ts'
import { issueTokens } from '../../src/core/oauth/issue-tokens.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import type { World } from '../../src/core/world.ts'
import type { AuthKind } from '../../src/guard/decide/auth.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { asClient, tokenRequest } from './acts.ts'
import { credentialIdOf } from './credential-id.ts'
import type { TestServer } from './server.ts'

/* People, applications and credentials of every kind, made by the same decisions as everywhere. */

export const person = (world: World, handle = 'ann', scopes?: string[]): Promise<User> =>
  createUser(world, OPERATOR, { handle, ...(scopes && { scopes }) })

/** An API of this server, with what a guard needs to ask for it. */
export async function api(
  server: TestServer,
  audience = 'https://api.example',
  more: { strictAudience?: boolean; tokenFormat?: 'jwt'; scopes?: string[]; keyConsent?: boolean } = {},
) {
  const { clientId, secret } = await createResource(server.world, OPERATOR, {
    audience,
    name: 'API',
    scopes: ['read', 'write'],
    ...more,
  })
  return { url: server.url, clientId, clientSecret: secret }
}

export const application = async (world: World, scopes = ['read', 'write'], ownerId?: string) => {
  const { client, secret } = await registerClient(world, OPERATOR, {
    name: 'Nightly job',
    redirectUris: [],
    scopes,
    type: 'confidential',
    source: 'operator',
    ...(ownerId !== undefined && { ownerId }),
  })
  return { client, secret: secret as string }
}

export type Issued = { presented: string; credentialId: string }

/** One credential of each kind that opens an API. */
export async function issue(
  world: World,
  kind: AuthKind,
  user: User,
  scopes: string[] = ['read'],
  networks: string[] = [],
): Promise<Issued> {
  if (kind === 'access-token') {
    const { client } = await application(world, scopes)
    const { accessToken } = await issueTokens(
      world,
      asClient(client),
      tokenRequest('client_credentials', { scope: scopes.join(' ') }),
    )
    return { presented: accessToken, credentialId: await credentialIdOf(world, accessToken) }
  }
  if (kind === 'api-key' || kind === 'application-token') {
    const made = await issueKey(world, OPERATOR, { kind, userId: user.id, name: 'test', scopes, networks })
    return { presented: made.secret, credentialId: made.credential.id }
  }
  const secret = kind === 'token-pair' ? `${user.number}:abc-${randomBytes(10).toString('hex')}` : undefined
  const made = makeCredential(world, kind, { userId: user.id, scopes, ...(secret && { secret }) })
  await world.credentials.issue([made.credential], {
    at: world.now(),
    event: 'issued',
    about: 'credential',
    actor: 'operator',
  })
  return { presented: made.secret, credentialId: made.credential.id }
}
