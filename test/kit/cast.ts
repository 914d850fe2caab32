import { createHash, randomBytes } from 'node:crypto'
import { createUser } from '../../src/core/create-user.ts'
import { type RegisterClient, type RegisteredClient, registerClient } from '../../src/core/register-client.ts'
import type { World } from '../../src/core/world.ts'
import type { User } from '../../src/model/user.ts'
import type { Person, Sight } from './person.ts'

/* Who takes part in the stories: users, clients, and what they have with them. */

export const PASSWORD = 'correct horse battery'
export const CALLBACK = 'https://app.example/callback'

export const addUser = (
  world: World,
  handle = 'alice',
  more: Partial<Parameters<typeof createUser>[2]> = {},
): Promise<User> => createUser(world, 'operator', { handle, password: PASSWORD, from: {}, ...more })

export const addClient = (world: World, more: Partial<RegisterClient> = {}): Promise<RegisteredClient> =>
  registerClient(world, 'operator', {
    name: 'Travel Diary',
    redirectUris: [CALLBACK],
    scopes: ['read', 'write'],
    type: 'confidential',
    source: 'operator',
    from: {},
    ...more,
  })

export type Pkce = { verifier: string; challenge: string }
export function pkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The address of an authorization request; a value of `undefined` leaves a parameter out. */
export function authorizeUrl(
  clientId: string,
  challenge: string,
  more: Record<string, string | undefined> = {},
): string {
  const all = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: CALLBACK,
    scope: 'read',
    state: 'xyz',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  }
  const kept = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return `/oauth2/authorize?${new URLSearchParams(kept)}`
}

export const signIn = (who: Person, handle = 'alice', password = PASSWORD): Promise<Sight> =>
  who.submit({ username: handle, password })
