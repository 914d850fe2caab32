import { z } from 'zod'
import { KINDS } from '../../../model/credentials/credential.ts'
import { DAY, SECOND } from '../../../model/span.ts'
import { apiAsked, id, MOST_ITEMS, mention, network, owner, pageQuery, scopes, text, time, uri } from '../shapes.ts'

export const credentialKind = z.enum(Object.values(KINDS).map(({ shown }) => shown))

/** The first value that applies. */
export const credentialStatus = z.enum([
  'revoked',
  'expired',
  'disabled', // the credential, its owner or its client was disabled
  'rotating', // replaced, but still valid until the overlap ends
  'spent', // single-use, and used
  'expires_soon', // within 14 days; only for credentials with a longer life
  'unused', // neither made nor used for 60 days, or for `unused_days` of the query
  'active',
])

const note = text(1000).meta({ description: 'Where it is kept, what uses it: for people.' })
const metadata = z
  .record(z.string(), text(500))
  .meta({ description: 'Texts for programs, under names of your own. Nothing here decides on them.' })

export const credential = z
  .object({
    id: id.meta({ description: '24 hex digits; public, safe to log.' }),
    kind: credentialKind,
    name: z.string().nullable(),
    hint: z.string().meta({ description: 'Prefix and last four characters.', examples: ['clv_key_…x7Qz'] }),
    status: credentialStatus,
    owner: mention.nullable(),
    client: mention.nullable(),
    grant_id: id.nullable(),
    stored: z.boolean().meta({
      description:
        'false: an access token that carries its own record, as the entry of a refusal recalls it. Lists have none of these.',
    }),
    scopes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'null: everything its owner may do. An empty list: nothing.' }),
    audience: z.array(z.string()).meta({ description: 'Empty: every resource server that is not strict.' }),
    networks: z.array(z.string()).nullable().meta({ description: 'null: usable from everywhere.' }),
    created_at: time,
    expires_at: time.nullable(),
    note: z.string().nullable(),
    metadata,
    disabled_at: time.nullable().meta({ description: 'Since when it is disabled itself; null where it is not.' }),
    disabled_by: mention.nullable(),
    revoked_at: time.nullable(),
    last_used_at: time.nullable(),
    predecessor: id.nullable(),
    successor: id.nullable(),
  })
  .meta({ id: 'Credential' })

const SORTS = ['created_at', 'last_used_at', 'expires_at'] as const

export const credentialsQuery = z.strictObject({
  ...pageQuery,
  sort: z
    .enum(SORTS.flatMap(name => [name, `-${name}`] as const))
    .default('-created_at')
    .meta({
      description:
        'Backwards with a minus. `created_at` goes with every filter. `last_used_at` (what was never used stands by when it was made) and `expires_at` (what never ends comes last) are served by an index of what people made and is not revoked: they need `made_by=people` and a `status` of what still works.',
    }),
  kind: text(200)
    .optional()
    .meta({ description: 'One or several kinds, separated by commas. Default: what APIs accept.' }),
  status: z
    .enum(['live', 'ended', 'active', 'disabled', 'revoked', 'expired', 'rotating', 'expires_soon', 'unused'])
    .optional()
    .meta({ description: '`live`: neither revoked nor expired; `ended`: one of the two.' }),
  made_by: z.enum(['people', 'protocol']).optional().meta({
    description:
      '`people`: keys and tokens that were given a name; `protocol`: what sign-ins and exchanges leave behind.',
  }),
  unused_days: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ description: 'Only what still works and was neither used nor made in so many days: what `unused` means.' }),
  owner: owner.optional(),
  client: id.optional(),
  grant: id.optional(),
  api: apiAsked.optional(),
  q: text(100).optional().meta({ description: 'Part of the name, the start of the id, or the last four characters.' }),
  expires_before: z.coerce.number().int().min(0).max(8_640_000_000_000).optional(),
  expires_after: z.coerce.number().int().min(0).max(8_640_000_000_000).optional(),
  created_before: z.coerce.number().int().min(0).max(8_640_000_000_000).optional(),
  created_after: z.coerce.number().int().min(0).max(8_640_000_000_000).optional(),
  use: z
    .enum(['recent', 'lapsed', 'never'])
    .optional()
    .meta({ description: 'Used within 90 days, before that, or not at all.' }),
  unused_since: z.coerce.number().int().min(0).max(8_640_000_000_000).optional(),
})

/** An application token, an API key or a token pair. Other kinds are issued by their own protocols. */
export const createCredentialBody = z.strictObject({
  kind: z.enum(['application_token', 'api_key', 'token_pair']),
  name: text(200).optional().meta({ description: 'What it is for; only a pair can do without.' }),
  owner_id: owner
    .optional()
    .meta({ description: 'Default: whoever is signed in. Another owner needs `credentials:write`.' }),
  scopes: scopes
    .nullable()
    .optional()
    .meta({ description: 'null or absent: everything its owner may do. An empty list: nothing.' }),
  audience: z.array(uri).max(MOST_ITEMS).optional(),
  networks: z.array(network).max(MOST_ITEMS).optional(),
  expires_at: time.nullable().optional().meta({ description: 'null or absent: never.' }),
  note: note.optional(),
  metadata: metadata.optional(),
  days: z.int().min(0).max(36_500).nullable().optional().meta({
    description:
      'A pair takes these alone: good on the day of issue and so many more. null: until revoked. Absent: as the settings say.',
  }),
})

export const createdCredential = z.object({
  credential,
  secret: z.string().meta({ description: 'Shown once.' }),
})

/**
 * Absent fields do not change. Keys and application tokens accept all fields, pairs all except scopes and networks.
 * Credentials of other kinds are short-lived or follow a grant, so they can be revoked but not changed.
 */
export const changeCredentialBody = z.strictObject({
  name: text(200).optional(),
  note: note.nullable().optional(),
  scopes: scopes.nullable().optional().meta({
    description:
      'What is taken away stops at once. What is added, you and its owner must hold. null: whatever its owner may do.',
  }),
  networks: z
    .array(network)
    .max(MOST_ITEMS)
    .nullable()
    .optional()
    .meta({ description: 'null: usable from everywhere.' }),
  expires_at: time.nullable().optional().meta({ description: 'null: never.' }),
  active: z.boolean().optional().meta({
    description: 'false: refused with the reason `disabled` until it is enabled again with true.',
  }),
  metadata: metadata.nullable().optional().meta({ description: 'Replaces all of it.' }),
})

export const rotateCredentialBody = z.strictObject({
  overlap_seconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .default(DAY / SECOND)
    .meta({ description: 'How long the old one still works.' }),
})

/** Exactly one: named credentials, all of an owner, or all of a client. */
export const bulkRevokeBody = z.strictObject({
  ids: z.array(id).min(1).max(MOST_ITEMS).optional(),
  owner_id: owner.optional(),
  client_id: id.optional(),
  kinds: z.array(credentialKind).max(10).optional(),
})

export const revoked = z.object({
  revoked: z.int().meta({
    description: 'How many stored ones stopped working. Access tokens without a row end with them, uncounted.',
  }),
})

export const deleted = z.object({ deleted: z.literal(true) })

export const kindsAlone = text(200)
  .optional()
  .meta({ description: 'Of these kinds alone; several are separated by commas.' })

export const clientImpactQuery = z.strictObject({ kinds: kindsAlone })

/** The use that an ending would stop. */
export const impact = z
  .object({
    uses_24h: z.int(),
    refusals_24h: z.int(),
    networks_24h: z.int().meta({
      description:
        'Distinct networks (IPv4 /24, IPv6 /48) of accepted uses whose address a guard told; 0 when none did. Counting stops at 1000.',
    }),
    last_used_at: time.nullable(),
    credentials: z.int().meta({ description: 'Live credentials that stop working.' }),
    users: z.int().meta({ description: 'Users who have allowed this client; 0 or 1 for a credential.' }),
    applications: z
      .int()
      .meta({ description: 'Applications that were allowed with these keys, and whose access ends with them.' }),
  })
  .meta({ id: 'Impact' })
