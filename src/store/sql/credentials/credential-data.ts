import type { GrantTypeName } from '../../../model/clients/client.ts'
import type { Credential, CredentialKind, DataOf } from '../../../model/credentials/credential.ts'

/*
 * The column `data`: JSON, or null if it is empty. The fields keep the names of the first release, so that older rows
 * can be read and an older process can read new rows.
 */

/** All fields that any released version wrote. */
type Stored = {
  redirectUri?: string
  redirectUriSent?: boolean
  challenge?: string
  resource?: string[]
  networks?: string[]
  successor?: string
  predecessor?: string
  authenticatedAt?: number
  provenAt?: number
  methods?: DataOf['session']['authentication']['methods']
  userAgent?: string
  ip?: string
  browser?: string
  note?: string
  workspaceId?: string
  remark?: string
  metadata?: Record<string, string>
  deviceCode?: string
  interaction?: string
  grantSeconds?: number
  nonce?: string
  usesLeft?: number
  grantTypes?: GrantTypeName[]
  root?: string
  parentId?: string
}

type Codec<K extends CredentialKind> = {
  read(stored: Stored, createdAt: number): DataOf[K]
  write(data: DataOf[K]): Stored
}

const NOTHING = { read: () => ({}), write: () => ({}) }
const KEY: Codec<'api-key'> & Codec<'application-token'> = {
  read: ({ networks, successor, predecessor, remark, metadata }) =>
    withPresent({ networks, successor, predecessor, note: remark, metadata }),
  write: ({ networks, note, ...data }) =>
    withPresent({ ...data, networks: networks && [...networks], remark: note }) as Stored,
}

const CODECS: { [K in CredentialKind]: Codec<K> } = {
  'access-token': NOTHING,
  'api-key': KEY,
  'application-token': KEY,
  'user-token': NOTHING,
  'token-pair': {
    // The first release stored the origin of a pair as `note`, so the note of the owner is stored as `remark`.
    read: ({ note, remark, metadata }) => withPresent({ origin: note, note: remark, metadata }),
    write: ({ origin, note, metadata }) => withPresent({ note: origin, remark: note, metadata }) as Stored,
  },
  'refresh-token': NOTHING,
  'authorization-code': {
    // Older versions did not store the sign-in. Its time is then read as very old, so that the sign-in never counts as recent.
    read: ({ redirectUri = '', redirectUriSent = false, resource = [], challenge, nonce, parentId, ...signIn }) =>
      withPresent({
        redirectUri,
        redirectUriSent,
        resources: resource,
        challenge,
        nonce,
        parentId,
        authentication: { at: signIn.authenticatedAt ?? 0, methods: signIn.methods ?? [] },
      }),
    write: ({ resources, authentication: { at, methods }, ...data }) => ({
      ...data,
      resource: [...resources],
      authenticatedAt: at,
      methods,
    }),
  },
  session: {
    read: ({ authenticatedAt, methods = ['pwd'], provenAt, userAgent, ip, root }, createdAt) =>
      withPresent({
        authentication: { at: authenticatedAt ?? createdAt, methods },
        device: withPresent({ userAgent, ip }),
        provenAt,
        root,
      }),
    write: ({ authentication: { at, methods }, device, provenAt, root }) =>
      withPresent({ authenticatedAt: at, methods, provenAt, root, ...device }),
  },
  'pending-sign-in': { read: ({ browser = '' }) => ({ browser }), write: ({ browser }) => ({ browser }) },
  'consent-denial': NOTHING,
  'device-code': {
    read: ({ deviceCode = '', interaction = '', ip, grantSeconds }) =>
      withPresent({ deviceCode, interaction, ip, grantSeconds }),
    write: data => ({ ...data }),
  },
  'device-confirmation': { read: ({ browser = '' }) => ({ browser }), write: ({ browser }) => ({ browser }) },
  invitation: {
    read: ({ workspaceId = '' }) => ({ workspaceId }),
    write: ({ workspaceId }) => ({ workspaceId }),
  },
  'initial-access-token': {
    read: ({ usesLeft, grantTypes = [] }) => withPresent({ usesLeft, grantTypes }),
    write: ({ usesLeft, grantTypes }) => withPresent({ usesLeft, grantTypes: [...grantTypes] }) as Stored,
  },
  'registration-token': NOTHING,
  'setup-link': {
    read: ({ note }) => ({ opensFor: note === 'first' ? 'first' : 'another' }),
    write: ({ opensFor }) => ({ note: opensFor }),
  },
}

export function readData<K extends CredentialKind>(kind: K, text: string | null, createdAt: number): DataOf[K] {
  return CODECS[kind].read(text ? (JSON.parse(text) as Stored) : {}, createdAt)
}

export function writeData<K extends CredentialKind>({
  kind,
  data,
}: Pick<Credential<K>, 'kind' | 'data'>): string | null {
  const stored = CODECS[kind].write(data as never)
  for (const _ in stored) return JSON.stringify(stored)
  return null
}

/** Omits absent fields, so that equal records are deeply equal. */
function withPresent<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key]
  return fields as T
}
