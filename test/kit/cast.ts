import { createHash, randomBytes } from 'node:crypto'
import { type RegisterClient, type RegisteredClient, registerClient } from '../../src/core/clients/register-client.ts'
import { grantWithCode } from '../../src/core/oauth/authorize/open-grant.ts'
import type { AuthorizationRequest } from '../../src/core/oauth/authorize/request.ts'
import { createUser } from '../../src/core/users/create-user.ts'
import type { World } from '../../src/core/world.ts'
import { openPasswords } from '../../src/crypto/passwords.ts'
import type { Client } from '../../src/model/clients/client.ts'
import type { DataOf } from '../../src/model/credentials/credential.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import type { User } from '../../src/model/users/user.ts'
import { type Person, person, type Sight } from './person.ts'

/* Who takes part in the stories: users, clients, and what they have with them. */

export const PASSWORD = 'correct horse battery'
export const CALLBACK = 'https://app.example/callback'

export const addUser = (
  world: World,
  handle = 'alice',
  more: Partial<Parameters<typeof createUser>[2]> = {},
): Promise<User> =>
  createUser({ ...world, passwords: { ...world.passwords, hash: hashOnce } }, OPERATOR, {
    handle,
    password: PASSWORD,
    ...more,
  })

/** Hashes are slow on purpose: this process makes one for each password of its users. */
const hashes = new Map<string, Promise<string>>()
const { hash } = openPasswords()
function hashOnce(password: string): Promise<string> {
  const known = hashes.get(password) ?? hash(password)
  hashes.set(password, known)
  return known
}

export const addClient = (world: World, more: Partial<RegisterClient> = {}): Promise<RegisteredClient> =>
  registerClient(world, OPERATOR, {
    name: 'Travel Diary',
    redirectUris: [CALLBACK],
    scopes: ['read', 'write'],
    type: 'confidential',
    source: 'operator',
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

/** Somebody in front of a browser of their own, signed in. */
export async function signedIn(base: string): Promise<Person> {
  const who = person(base)
  await who.visit('/login')
  await signIn(who)
  return who
}

export const signIn = (who: Person, handle = 'alice', password = PASSWORD): Promise<Sight> =>
  who.submit({ username: handle, password })

/** What the row of a code carries, where a test stores one itself. */
export const CODE_DATA: DataOf['authorization-code'] = {
  redirectUri: CALLBACK,
  redirectUriSent: true,
  resources: [],
  authentication: { at: 0, methods: ['pwd'] },
}

/** A code as it leaves the consent page, without the way there. */
export async function giveCode(
  world: World,
  client: Client,
  user: User,
  challenge: string | undefined,
  more: Partial<AuthorizationRequest> = {},
): Promise<string> {
  const request: AuthorizationRequest = {
    clientId: client.id,
    way: { is: 'redirect', redirectUri: CALLBACK, redirectUriSent: true },
    scopes: ['read', 'write'],
    resources: [],
    signIn: { silent: false, anew: false },
    askAgain: false,
    ...(challenge !== undefined && { challenge }),
    ...more,
  }
  const authentication = { at: world.now(), methods: ['pwd' as const] }
  const { grant, code } = grantWithCode(world, { client, user, authentication, request, scopes: request.scopes })
  await world.grants.open(grant, code.credential, {
    at: world.now(),
    event: 'granted',
    about: 'grant',
    aboutId: grant.id,
    actor: user.id,
    userId: user.id,
    clientId: client.id,
  })
  return code.secret
}

export type TokenAnswer = {
  status: number
  error?: string
  error_description?: string
  access_token?: string
  refresh_token?: string
  scope?: string
  expires_in?: number
}
/** One request to the token endpoint, by form, the client in the body. */
export async function askTokens(
  url: string,
  { client, secret }: RegisteredClient,
  form: Record<string, string>,
): Promise<TokenAnswer> {
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, ...(secret && { client_secret: secret }), ...form }),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}

export const redeem = (
  url: string,
  by: RegisteredClient,
  code: string,
  verifier: string,
  more: Record<string, string> = {},
) =>
  askTokens(url, by, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: CALLBACK,
    ...more,
  })

export const refresh = (
  url: string,
  by: RegisteredClient,
  token: string | undefined,
  more: Record<string, string> = {},
) => askTokens(url, by, { grant_type: 'refresh_token', refresh_token: token ?? '', ...more })

/** Does the server that issued it still call it active? */
export async function isActive(
  url: string,
  { client, secret = '' }: RegisteredClient,
  token: string | undefined,
): Promise<boolean> {
  const answer = await fetch(`${url}/oauth2/introspect`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, client_secret: secret, token: token ?? '' }),
  })
  return ((await answer.json()) as { active: boolean }).active
}
