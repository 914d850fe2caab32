import { z } from 'zod'
import { CLIENT_SOURCES, GRANT_TYPES } from '../../../model/clients/client.ts'
import { DAY, SECOND } from '../../../model/span.ts'
import { apiAsked, id, MOST_ITEMS, mention, owner, pageQuery, scopes, sortQuery, text, time, uri } from '../shapes.ts'

const redirectUris = z.array(uri).max(MOST_ITEMS)

const seconds = z.int().min(1).max(315_360_000)

const httpRedirects = z.enum(['loopback', 'private', 'allowed']).meta({
  description:
    'Where plain http may be answered: on the machine itself, in private networks, anywhere. Codes can be read on the way.',
})

const pushedRequests = z.enum(['required', 'optional']).meta({
  description: 'Whether authorization requests must be pushed (RFC 9126). `optional` follows the server.',
})

/** RFC 7517 section 5; the core parses the keys. */
const jwks = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).max(20) }).meta({
  description: 'Public keys with which it proves itself (`private_key_jwt`). One with keys needs no secret.',
})
const jwksUri = uri.meta({ description: 'Where it publishes its keys; instead of `jwks`.' })

const metadata = z.record(z.string().max(100), z.unknown()).meta({
  description:
    'Further metadata in the names of RFC 7591 and OpenID Connect registration, such as `logo_uri`, `post_logout_redirect_uris`, `backchannel_logout_uri`, `id_token_signed_response_alg`, `subject_type`. What people see may have a language tag, as in `client_name#de`, `client_uri#de`, `logo_uri#de`, `tos_uri#de`, `policy_uri#de`; up to 20 languages each. null: removes a value.',
})

const policyBody = z.strictObject({
  access_token_seconds: seconds.nullable().optional(),
  refresh_token_seconds: seconds.optional(),
  code_seconds: z.int().min(1).max(600).optional(),
  pkce: z.enum(['required', 'when-sent']).nullable().optional().meta({
    description:
      'Of confidential clients. `when-sent` is for those that know no PKCE: a stolen code then works in the session of another person. null: follows the server.',
  }),
  out_of_band: z.enum(['allowed', 'refused']).optional(),
  http_redirects: httpRedirects.optional(),
  pushed_requests: pushedRequests.optional(),
  consent: z.enum(['always', 'remember']).optional(),
  default_scopes: scopes.nullable().optional().meta({ description: 'null: all it is registered for.' }),
})

export const grantType = z.enum(GRANT_TYPES)

export const clientSource = z.enum(CLIENT_SOURCES)

export const policy = z
  .object({
    access_token_seconds: z.int().nullable().meta({ description: 'null: until revoked.' }),
    refresh_token_seconds: z.int(),
    code_seconds: z.int(),
    pkce: z.enum(['required', 'when-sent']),
    pkce_chosen: z.boolean().meta({ description: 'For this application; otherwise it follows the server.' }),
    out_of_band: z.enum(['allowed', 'refused']),
    http_redirects: httpRedirects,
    pushed_requests: pushedRequests,
    consent: z.enum(['always', 'remember']),
    default_scopes: z.array(z.string()).nullable().meta({ description: 'null: all it is registered for.' }),
    allowed_scopes: z.enum(['registered', 'unreserved']).meta({
      description:
        '`unreserved`: it registered itself without scopes, and may ask people for each that is not for administrators. Naming its scopes ends that.',
    }),
  })
  .meta({ id: 'Policy' })

export const client = z
  .object({
    id: id.meta({ description: 'The `client_id`.' }),
    number: z.int(),
    name: z.string(),
    website: z.string().nullable(),
    redirect_uris: z.array(z.string()),
    grant_types: z.array(grantType),
    scopes: z.array(z.string()),
    type: z.enum(['confidential', 'public']),
    owner: mention.nullable(),
    source: clientSource,
    active: z.boolean(),
    policy,
    jwks: jwks.nullable(),
    jwks_uri: z.string().nullable(),
    warnings: z.array(z.string()).meta({ description: 'Where its policy is weaker than the standard, in words.' }),
    created_at: time,
    reviewed_at: time
      .nullable()
      .meta({ description: 'When staff looked at what registered itself; null: not yet, or nobody has to.' }),
    last_used_at: time.nullable().meta({
      description: 'When it was last given a token, or one of its tokens was last accepted; null: never.',
    }),
    tokens_issued: z.int().meta({ description: 'Access tokens so far, whether they are stored or not.' }),
    metadata: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What it says of itself, in the names of RFC 7591 and OpenID Connect registration.' }),
    origin: z
      .object({
        network: z.string().meta({ description: 'Where it registered itself from: an address, or a /64 of IPv6.' }),
        token_id: z.string().nullable().meta({ description: 'The initial access token that it showed.' }),
        shared: z.boolean().meta({ description: 'Others that said the same got the same client.' }),
      })
      .nullable()
      .meta({ description: 'null: it did not register itself by RFC 7591.' }),
  })
  .meta({ id: 'Client' })

/** A secret of a client, without the text of the secret, which is shown only when it is made. */
export const clientSecret = z
  .object({ id, hint: z.string(), created_at: time, expires_at: time.nullable() })
  .meta({ id: 'ClientSecret' })

export const clientsQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery,
  q: text(100).optional().meta({ description: 'Part of the name, in any letter case.' }),
  owner: owner.optional(),
  source: clientSource.optional(),
  type: z.enum(['confidential', 'public']).optional(),
  api: apiAsked.optional(),
  review: z
    .literal('waiting')
    .optional()
    .meta({ description: 'Those that registered themselves, work, and were not looked at.' }),
})

export const createClientBody = z.strictObject({
  name: text(200),
  website: uri.nullable().optional(),
  type: z.enum(['confidential', 'public']).default('confidential'),
  redirect_uris: redirectUris.default([]),
  grant_types: z
    .array(grantType)
    .max(GRANT_TYPES.length)
    .optional()
    .meta({ description: 'Default: what fits the type.' }),
  scopes: scopes.default([]),
  owner_id: owner
    .optional()
    .meta({ description: 'Default: whoever is signed in. Another owner needs `clients:write`.' }),
  policy: policyBody.optional().meta({ description: 'Needs `clients:write`.' }),
  jwks: jwks.nullable().optional(),
  jwks_uri: jwksUri.nullable().optional(),
  metadata: metadata.optional(),
})

export const changeClientBody = z.strictObject({
  name: text(200).optional(),
  website: uri.nullable().optional(),
  redirect_uris: redirectUris.optional(),
  grant_types: z.array(grantType).max(GRANT_TYPES.length).optional(),
  scopes: scopes.optional(),
  active: z.boolean().optional().meta({ description: '`false` stops everything of this client at once.' }),
  owner_id: owner
    .optional()
    .meta({ description: 'Hands it over to this user. Needs `clients:write`, and what the application may do.' }),
  reviewed: z.literal(true).optional().meta({
    description:
      'Staff looked at it: it leaves the list of registrations, and nothing else changes. Needs `clients:write`.',
  }),
  policy: policyBody.optional().meta({ description: 'Needs `clients:write`.' }),
  jwks: jwks.nullable().optional().meta({ description: 'Replaces `jwks_uri`; null: none.' }),
  jwks_uri: jwksUri.nullable().optional().meta({ description: 'Replaces `jwks`; null: none.' }),
  metadata: metadata.optional(),
})

export const createdClient = z.object({
  client,
  client_secret: z
    .string()
    .nullable()
    .meta({ description: 'Shown once; null for a public client, and for one that brought keys.' }),
})

export const rotateSecretBody = z.strictObject({
  overlap_seconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .default(DAY / SECOND)
    .meta({ description: 'How long the old secrets still work.' }),
})

export const createdSecret = z.object({ client_secret: z.string(), secret: clientSecret })

export const undeliveredLogout = z
  .object({
    user: mention.meta({ description: 'Who signed out.' }),
    since: time.meta({ description: 'When the user last signed in to the application.' }),
    tries: z.int(),
    fault: z.string().meta({ description: 'The result of the last try.' }),
    next_try_at: time.nullable().meta({ description: 'null: given up.' }),
  })
  .meta({ id: 'UndeliveredLogout' })

export const repeatedLogouts = z.object({ repeated: z.int() })
