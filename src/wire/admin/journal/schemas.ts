import { z } from 'zod'
import { EVENTS, OUTCOME_NAMES } from '../../../model/journal.ts'
import { REQUEST_ID_LONGEST } from '../../../model/request-id.ts'
import { credential } from '../credentials/schemas.ts'
import { id, mention, owner, pageQuery, scopes, text, time, uri } from '../shapes.ts'

const when = z.coerce.number().int().min(0).max(8_640_000_000_000)

/* Journal entries, their counts, and explanations of refusals. */

export const eventName = z.enum(EVENTS)

export const journalEntry = z
  .object({
    id,
    at: time,
    event: eventName,
    about: z
      .string()
      .meta({ description: 'user, client, credential, grant, resource, scope, signing-key, request ...' }),
    about_id: z.string().nullable(),
    actor: mention.meta({ description: 'A user or client; or `operator` (command line), `system`.' }),
    user_id: id.nullable(),
    client_id: id.nullable(),
    credential_id: id.nullable(),
    reason: z.string().nullable(),
    request_id: z.string().nullable(),
    ip: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()).nullable(),
    sentence: z.string().meta({
      description:
        'What happened, with names; in English, or in the language of Accept-Language if this server has it.',
    }),
    parts: z
      .array(
        z.object({
          text: z.string(),
          is: z.enum(['user', 'client', 'credential', 'api', 'code']).nullable(),
          id: z.string().nullable(),
        }),
      )
      .meta({ description: 'The same sentence in parts: those that name a thing say which.' }),
  })
  .meta({ id: 'JournalEntry' })

export const journalQuery = z.strictObject({
  ...pageQuery,
  event: eventName.optional(),
  outcome: z
    .enum(OUTCOME_NAMES)
    .optional()
    .meta({ description: 'How it came out; the events of each are a fixed list.' }),
  q: text(100).optional().meta({
    description:
      'Part of what stands in an entry, or of the name of a user, application, credential or API it mentions.',
  }),
  api: text(2000).optional().meta({ description: 'Audience, client id or name of the API where it happened.' }),
  owner: owner.optional().meta({ description: 'Entries about this user; `me` for your own.' }),
  client: id.optional(),
  credential: id.optional(),
  actor: id.optional(),
  about: text(40).optional(),
  reason: text(60).optional(),
  request_id: text(REQUEST_ID_LONGEST).optional(),
  ip: text(64).optional(),
  since: when.optional(),
  until: when.optional(),
  after: z.coerce.number().int().min(0).optional().meta({
    description: 'The id of an entry: those after it, oldest first. Who follows the journal this way skips none.',
  }),
})

export const journalCountsQuery = z.strictObject({
  since: when.optional().meta({ description: 'Default: 24 hours before `until`.' }),
  until: when.optional().meta({ description: 'Default: now.' }),
  bucket: z.enum(['minute', 'hour', 'day']).default('hour'),
  events: text(300).meta({
    description: 'One or several events, separated by commas.',
    examples: ['signed-in,sign-in-failed'],
  }),
})

/** Buckets without entries are omitted. Counts at most the newest 50,000 entries. */
export const journalCounts = z
  .object({
    since: time,
    until: time,
    bucket_seconds: z.int(),
    items: z.array(z.object({ at: time, event: eventName, count: z.int() })),
  })
  .meta({ id: 'JournalCounts' })

/** Exactly one of `credential` and `request_id`. */
export const explainBody = z.strictObject({
  credential: text(8192)
    .optional()
    .meta({ description: 'The secret as it was presented. It is not stored or logged.' }),
  request_id: text(REQUEST_ID_LONGEST)
    .optional()
    .meta({ description: 'From an error body or the header x-request-id.' }),
  scopes: scopes.optional(),
  audience: uri.optional(),
  dialects: z.array(text(40)).max(10).optional().meta({ description: 'As in POST /v1/verify; default: native kinds.' }),
  ip: text(64).optional(),
  as: z
    .enum(['explanation', 'check'])
    .default('explanation')
    .meta({ description: '`check`: the outcome without `findings`, counted as a use like any check.' }),
})

export const explanation = z
  .object({
    active: z.boolean().nullable().meta({ description: 'null when only a request was asked about.' }),
    reason: z.string().nullable().meta({ description: 'Of a request: what was said then.' }),
    refused_by: z
      .object({ rule: z.string(), found: z.string().nullable(), needed: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of a request: the rule that said no then, where a rule of the check did.' }),
    now: z
      .object({ active: z.boolean(), reason: z.string().nullable() })
      .nullable()
      .meta({ description: 'Of a request: what the same question is answered at this moment; `findings` say why.' }),
    credential: credential.nullable(),
    credential_id: id.nullable().meta({ description: 'Also of a token that is not stored.' }),
    principal: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'What an active credential is worth, as at /v1/whoami: kind, subject, client, scopes and times. Of a token that is not stored also where it is refused.',
    }),
    findings: z.array(
      z.object({
        rule: z.string(),
        passed: z.boolean(),
        found: z.string().nullable(),
        needed: z.string().nullable(),
      }),
    ),
    entries: z.array(journalEntry),
  })
  .meta({ id: 'Explanation' })
