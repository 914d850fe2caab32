import { findStored } from '../core/check/find-stored.ts'
import type { Finder } from '../core/check/finder.ts'
import { type VerifyNeeds, verifyCredential } from '../core/check/verify-credential.ts'
import { makeCredential } from '../core/credentials/issue/make-credential.ts'
import { openVault } from '../crypto/vault.ts'
import type { Client, ResourceServer } from '../model/clients/client.ts'
import { DIALECT_NAMES } from '../model/credentials/verdict.ts'
import { SYSTEM } from '../model/users/actor.ts'
import type { User } from '../model/users/user.ts'
import { Unavailable } from './answer/auth-error.ts'
import type { AuthKind } from './decide/auth.ts'
import type { Checker, RevokedSubject } from './remote/checker.ts'

/*
 * An issuer in memory for tests of a guarded API, without network and database. The issuer uses the check of the
 * server, so a route that asks for the wrong scope fails in the test too.
 */

export type Mint = {
  kind?: AuthKind
  scopes?: string | readonly string[]
  /** Handle of the user for whom the credential acts; `null` for an application that acts for itself. */
  user?: string | null
  /** Name of the application; access tokens always have an application. */
  client?: string
  /** Resource servers that the credential names. A credential without names is valid at each resource server. */
  audience?: string | readonly string[]
  networks?: readonly string[]
  /** Makes the credential invalid for this reason. */
  but?: 'expired' | 'revoked' | 'owner-disabled' | 'client-disabled'
}

export type Minted = {
  /** The secret that a request presents. */
  credential: string
  credentialId: string
  /** Headers that present the credential in the usual way of its kind. */
  headers: Record<string, string>
}

export type TestIssuer = Checker & {
  mint(ask?: Mint): Minted
  /** Returns the request with a new credential. */
  authAs(request: Request, ask?: Mint): Request
  /** Ends a credential at once. */
  revoke(credentialId: string): void
  /** Makes the issuer unavailable until `goUp` is called. */
  goDown(): void
  goUp(): void
}

/** `const issuer = testIssuer()`, then `guard({ server: issuer })` and `issuer.mint({ scopes: 'read' }).headers`. */
export function testIssuer(): TestIssuer {
  const facts = new Map<string, Facts>()
  const users = new Map<string, User>()
  const clients = new Map<string, Client>()
  let down = false
  const listeners = new Set<(revoked: RevokedSubject | undefined) => void>()
  const tell = (revoked: RevokedSubject | undefined) => {
    for (const listener of listeners) listener(revoked)
  }
  const vault = openVault(crypto.getRandomValues(new Uint8Array(32)))
  const needs: VerifyNeeds = {
    now: Date.now,
    throttle: { countGuess: () => 'go on' },
    recorder: { note: () => {}, used: () => {}, begun: () => {}, took: () => {} },
    finders: [findStored({ vault, lookups: { facts: async fingerprint => facts.get(fingerprint) } })],
    rules: { dialects: DIALECT_NAMES, apiKeyParameter: 'api_key' },
    lookups: { resource: async audience => resourceServer(audience) },
  }

  function mint({ kind = 'access-token', scopes = [], user, client, audience = [], networks, but }: Mint = {}): Minted {
    const now = Date.now()
    const owner = user === null ? undefined : userNamed(users, user ?? 'test-user', but === 'owner-disabled')
    const byClient = kind === 'access-token' || client !== undefined
    const application = byClient ? clientNamed(clients, client ?? 'test-client', but === 'client-disabled') : undefined
    const made = makeCredential({ vault, now: Date.now }, kind, {
      scopes: typeof scopes === 'string' ? scopes.split(' ').filter(Boolean) : [...scopes],
      audience: typeof audience === 'string' ? [audience] : [...audience],
      createdAt: now - 1000,
      ...(owner && { userId: owner.id }),
      ...(application && { clientId: application.id }),
      ...(kind === 'token-pair' && owner && { secret: `${owner.number}:${pairToken()}` }),
      ...(but === 'expired' && { expiresAt: now - 1 }),
      ...(but === 'revoked' && { revokedAt: now - 1 }),
      data: networks ? { networks: [...networks] } : {},
    })
    // Each credential has its own user and application, so disabling one affects no other credential.
    facts.set(made.credential.fingerprint, {
      credential: made.credential,
      ...(owner && { user: owner }),
      ...(application && { client: narrowed(application, made.credential.scopes ?? []) }),
    })
    return { credential: made.secret, credentialId: made.credential.id, headers: present(kind, made.secret) }
  }

  return {
    mint,
    authAs(request, ask) {
      const headers = new Headers(request.headers)
      for (const [name, value] of Object.entries(mint(ask).headers)) headers.set(name, value)
      return new Request(request, { headers })
    },
    revoke(credentialId) {
      for (const { credential } of facts.values()) if (credential.id === credentialId) credential.revokedAt = Date.now()
      tell({ subject: 'credential', subjectId: credentialId })
    },
    goDown() {
      down = true
      tell(undefined)
    },
    goUp() {
      down = false
    },
    issuer: 'https://auth.example',
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async check({ ip, audience = '', ...ask }) {
      if (down) throw new Unavailable('the test took the issuer down')
      const from = ip === undefined ? {} : { ip }
      return verifyCredential(needs, { by: SYSTEM.by, from }, { ...ask, ...from, audience })
    },
  }
}

type Facts = Exclude<Awaited<ReturnType<Finder['find']>>, string | undefined>

const present = (kind: AuthKind, secret: string): Record<string, string> =>
  kind === 'api-key'
    ? { 'x-api-key': secret }
    : { authorization: kind === 'token-pair' ? `Basic ${btoa(secret)}` : `Bearer ${secret}` }

const pairToken = (): string => `abc-${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`
const hexId = (number: number): string => number.toString(16).padStart(24, '0')

function userNamed(users: Map<string, User>, handle: string, disabled: boolean): User {
  const known = users.get(handle)
  const number = known?.number ?? users.size + 1
  const user: User = known ?? {
    id: hexId(number),
    number,
    handle,
    role: 'user',
    active: true,
    hasPassword: false,
    secondFactor: false,
    epoch: 0,
    createdAt: 0,
  }
  users.set(handle, user)
  return disabled ? { ...user, active: false } : user
}

function clientNamed(clients: Map<string, Client>, name: string, disabled: boolean): Client {
  const known = clients.get(name)
  const client: Client = known ?? {
    id: `client-${clients.size + 1}`,
    number: clients.size + 1,
    epoch: 0,
    tokensIssued: 0,
    name,
    redirectUris: [],
    grantTypes: [],
    scopes: [],
    type: 'confidential',
    policy: {
      accessTokenSeconds: 3600,
      refreshTokenSeconds: 3600,
      codeSeconds: 60,
      pkce: 'required',
      pushedRequests: 'optional',
      outOfBand: 'refused',
      httpRedirects: 'loopback',
      consent: 'always',
      defaultScopes: 'registered',
      allowedScopes: 'registered',
    },
    source: 'operator',
    active: true,
    createdAt: 0,
    metadata: {},
    secrets: [],
  }
  clients.set(name, client)
  return disabled ? { ...client, active: false } : client
}

/** The client, registered for the scopes of the credential. */
const narrowed = (client: Client, scopes: string[]): Client => ({ ...client, scopes })

const resourceServer = (audience: string): ResourceServer => ({
  audience,
  name: audience,
  clientId: 'test-api',
  scopes: [],
  tokenFormat: 'opaque',
  strictAudience: false,
  createdAt: 0,
})
