import type { RegisteredClient } from '../../../core/clients/register-client.ts'
import type { OwnTokens } from '../../../core/credentials/own/list-own-tokens.ts'
import type { OwnToken } from '../../../core/credentials/own/own-token.ts'
import type { Issued } from '../../../core/oauth/grants/grant-type.ts'
import type { Client } from '../../../model/clients/client.ts'
import { TOKEN_TYPE } from '../../../model/credentials/scheme.ts'
import { formatScopes } from '../../../model/scopes/scope.ts'
import { HOUR } from '../../../model/span.ts'
import type { WireAnswer } from '../../dialect.ts'
import { noStore } from '../../oauth/tokens.ts'

/* Converts our results to this family's answers. Keys have the order of the originals. */

const ok = (body: object, headers: Record<string, string> = {}): WireAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-store', ...headers },
  body,
})

/** Contains an empty object, because clients parse the body. */
export const empty = (): WireAnswer => ({ status: 200, headers: noStore, body: {} })

export const tokens = ({ accessToken, scopes, createdAt, expiresAt, refreshToken }: Issued): WireAnswer => ({
  status: 200,
  headers: noStore,
  body: {
    access_token: accessToken,
    token_type: TOKEN_TYPE,
    scope: formatScopes(scopes),
    created_at: seconds(createdAt),
    // A token without an end has no `expires_in`, because some clients treat 0 or null as expired.
    ...(expiresAt !== undefined && { expires_in: Math.round((expiresAt - createdAt) / 1000) }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  },
})
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

export type WithPushKey<T> = T & { pushKey: string }

/** The facts that any token of the application may read, without identifiers for the token endpoint. */
const aboutApp = (client: Client, pushKey: string) => ({
  name: client.name,
  website: client.website ?? null,
  scopes: client.scopes,
  redirect_uris: client.redirectUris,
  redirect_uri: client.redirectUris.join('\n'),
  vapid_key: pushKey,
})

export const app = ({ client, pushKey }: WithPushKey<{ client: Client }>): WireAnswer =>
  ok({ id: String(client.number), ...aboutApp(client, pushKey) })

/** The only answer that contains the secret. */
export const newApp = ({ client, secret, pushKey }: WithPushKey<RegisteredClient>): WireAnswer =>
  ok({
    id: String(client.number),
    ...aboutApp(client, pushKey),
    client_id: client.id,
    client_secret: secret,
    client_secret_expires_at: 0,
    created_at: new Date(client.createdAt).toISOString(),
  })

const described = (client: Client, pushKey: string) => ({
  id: String(client.number),
  created_at: new Date(client.createdAt).toISOString(),
  ...aboutApp(client, pushKey),
  client_id: client.id,
})
export const ownApp = ({ client, pushKey }: WithPushKey<{ client: Client }>): WireAnswer =>
  ok(described(client, pushKey))

export const ownApps = ({ items, more, pushKey, at }: WithPushKey<OwnApps>): WireAnswer =>
  ok(
    items.map(client => described(client, pushKey)),
    links(
      at,
      items.map(({ number }) => String(number)),
      more,
    ),
  )
export type OwnApps = { items: Client[]; more: boolean; at: string }

const aboutToken = ({ credential, client }: OwnToken) => ({
  id: credential.id,
  created_at: new Date(credential.createdAt).toISOString(),
  ...(credential.lastUsedAt !== undefined && { last_used: toTheHour(credential.lastUsedAt) }),
  scope: formatScopes(credential.scopes ?? []),
  application: { name: client?.name ?? '', ...(client?.website && { website: client.website }) },
})
const toTheHour = (at: number): string => new Date(at - (at % HOUR)).toISOString()

export const token = (token: OwnToken): WireAnswer => ok(aboutToken(token))

export const ownTokens = ({ items, more, at }: OwnTokens & { at: string }): WireAnswer =>
  ok(
    items.map(aboutToken),
    links(
      at,
      items.map(({ credential }) => credential.id),
      more,
    ),
  )

/** RFC 8288: `next` leads to older items, `prev` to newer ones; `at` is the address of the list. */
function links(at: string, ids: readonly string[], more: boolean): Record<string, string> {
  const [first, last] = [ids[0], ids.at(-1)]
  const parts = [
    more && last !== undefined ? `<${at}?max_id=${last}>; rel="next"` : '',
    first === undefined ? '' : `<${at}?min_id=${first}>; rel="prev"`,
  ].filter(Boolean)
  return parts.length > 0 ? { link: parts.join(', ') } : {}
}
