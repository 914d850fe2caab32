import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { NewClient } from '../../model/clients/client.ts'
import type { Credential, CredentialKind, DataOf, Grant } from '../../model/credentials/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { NewUser } from '../../model/users/user.ts'
import type { Stores } from '../../ports/stores.ts'
import type { Engine } from '../engine.ts'

/* Valid records for the tests; each call makes a different one. */

/** An empty database with its schema. `again` opens the same database as another process would. */
export type Opened = { engine: Engine; stores: Stores; again(): Promise<{ engine: Engine; stores: Stores }> }
export type Open = () => Promise<Opened & AsyncDisposable>

/** Sets the clock that these processes share to a fixed time. */
export function setClock(now: number, ...houses: readonly { engine: Engine }[]): void {
  for (const { engine } of houses) engine.clock = () => sql<number>`cast(${now} as bigint)`
}

export const T0 = 1_800_000_000_000
const hex = (digits: number): string => randomBytes(digits / 2).toString('hex')

const NOTHING = {}
const DATA: { [K in CredentialKind]: DataOf[K] } = {
  'access-token': NOTHING,
  'api-key': NOTHING,
  'application-token': NOTHING,
  'user-token': NOTHING,
  'token-pair': NOTHING,
  'refresh-token': NOTHING,
  'authorization-code': {
    redirectUri: 'https://app.example/cb',
    redirectUriSent: true,
    resources: [],
    authentication: { at: T0, methods: ['pwd'] },
  },
  session: { authentication: { at: T0, methods: ['pwd'] }, device: {} },
  'pending-sign-in': { browser: 'mark' },
  'device-code': { deviceCode: 'f'.repeat(64), interaction: 'i', ip: '192.0.2.1', grantSeconds: 60 },
  'device-confirmation': { browser: 'mark' },
  'consent-denial': NOTHING,
  invitation: { workspaceId: 'f'.repeat(24) },
  'setup-link': { opensFor: 'first' },
  'initial-access-token': { usesLeft: 3, grantTypes: [] },
  'registration-token': {},
}

export function aCredential<K extends CredentialKind = 'access-token'>(
  fields: Partial<Credential<K>> & { kind?: K } = {},
): Credential<K> {
  const fingerprint = hex(64)
  return {
    id: fingerprint.slice(0, 24),
    fingerprint,
    kind: 'access-token',
    hint: 'clv_at_…abcd',
    audience: [],
    createdAt: T0,
    expiresAt: T0 + HOUR,
    data: DATA[fields.kind ?? 'access-token'],
    ...fields,
  } as Credential as Credential<K>
}

export const aGrant = (fields: Partial<Grant> = {}): Grant => ({
  id: hex(24),
  clientId: 'clv_cid_someone',
  scopes: ['read'],
  audience: [],
  generation: 0,
  createdAt: T0,
  tokensIssued: 0,
  ...fields,
})

export const aUser = (fields: Partial<NewUser> = {}): NewUser => ({
  id: hex(24),
  handle: `user-${hex(12)}`,
  role: 'user',
  active: true,
  createdAt: T0,
  ...fields,
})

export const aClient = (fields: Partial<NewClient> = {}): NewClient => ({
  id: `clv_cid_${hex(16)}`,
  name: 'Nightly job',
  redirectUris: ['https://app.example/callback'],
  grantTypes: ['client_credentials'],
  metadata: {},
  scopes: ['read', 'write'],
  type: 'confidential',
  policy: {
    accessTokenSeconds: 3600,
    refreshTokenSeconds: 2_592_000,
    codeSeconds: 60,
    pkce: 'required',
    pushedRequests: 'optional',
    outOfBand: 'refused',
    httpRedirects: 'loopback',
    consent: 'remember',
    defaultScopes: 'registered',
    allowedScopes: 'registered',
  },
  source: 'operator',
  active: true,
  createdAt: T0,
  secrets: [{ fingerprint: hex(64), hint: 'clv_cs_…wxyz', createdAt: T0 }],
  ...fields,
})

export const entry = (fields: Partial<JournalEntry> = {}): JournalEntry => ({
  at: T0,
  event: 'issued',
  about: 'credential',
  actor: 'operator',
  ...fields,
})

/** Makes a grant with its first refresh token, in the state after a code was redeemed. */
export async function aFamily(stores: Stores): Promise<{ grant: Grant; refresh: Credential }> {
  const grant = aGrant()
  const code = aCredential({ kind: 'authorization-code', grantId: grant.id, clientId: grant.clientId })
  const refresh = aCredential({
    kind: 'refresh-token',
    grantId: grant.id,
    clientId: grant.clientId,
    generation: 0,
    expiresAt: T0 + DAY,
  })
  await stores.grants.open(grant, code, entry({ event: 'granted', about: 'grant', aboutId: grant.id }))
  await stores.credentials.redeem(
    { fingerprint: code.fingerprint, kind: code.kind, at: T0, issues: [refresh], activatesGrant: grant.id },
    entry(),
  )
  return { grant, refresh }
}

/** The next rotation of a family, as a refresh request passes it to the store. */
export function aStep(grant: Grant, from: Credential, answer = 'sealed') {
  const generation = from.generation ?? 0
  const of = { grantId: grant.id, clientId: grant.clientId }
  const access = aCredential(of)
  const next = aCredential({ ...of, kind: 'refresh-token', generation: generation + 1 })
  const rotation = {
    grantId: grant.id,
    generation,
    at: T0,
    spends: from.fingerprint,
    issues: [access, next],
    sealedAnswer: answer,
    replayWithin: 10_000,
  }
  return { rotation, access, next }
}

export const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
export const countOf = <T>(values: readonly T[], value: T): number => values.filter(one => one === value).length
