import fc from 'fast-check'
import { GRANT_TYPES } from '../../model/clients/client.ts'
import type { Credential } from '../../model/credentials/credential.ts'
import { aCredential, T0 } from './samples.ts'

/* Generates credentials of every kind with arbitrary text and numbers. */

/** Text of any script. Code above the store refuses NUL and lone surrogates. */
const words = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter(text => text.isWellFormed() && !text.includes('\0') && text !== '')
const when = fc.integer({ min: T0, max: T0 + 1e11 })
const anyAuthentication = fc.record({ at: when, methods: fc.subarray(['pwd', 'otp', 'hwk']) })
const optional = { requiredKeys: [] as [] }
/** The data of each kind, in its own shape. */
const anyData = fc.oneof(
  fc.record({
    kind: fc.constantFrom('api-key', 'application-token'),
    data: fc.record(
      {
        networks: fc.array(words),
        successor: words,
        predecessor: words,
        note: words,
        metadata: fc.dictionary(words, words),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('token-pair'),
    data: fc.record({ origin: words, note: words, metadata: fc.dictionary(words, words) }, { requiredKeys: [] }),
  }),
  fc.record({
    kind: fc.constant('authorization-code'),
    data: fc.record(
      {
        redirectUri: words,
        redirectUriSent: fc.boolean(),
        challenge: words,
        resources: fc.array(words),
        authentication: anyAuthentication,
      },
      { requiredKeys: ['redirectUri', 'redirectUriSent', 'resources', 'authentication'] },
    ),
  }),
  fc.record({
    kind: fc.constant('session'),
    data: fc.record(
      {
        authentication: anyAuthentication,
        device: fc.record({ userAgent: words, ip: words }, { requiredKeys: [] }),
        provenAt: fc.nat(),
      },
      { requiredKeys: ['authentication', 'device'] },
    ),
  }),
  fc.record({ kind: fc.constant('invitation'), data: fc.record({ workspaceId: words }) }),
  fc.record({
    kind: fc.constant('initial-access-token'),
    data: fc.record({ usesLeft: fc.nat(), grantTypes: fc.uniqueArray(fc.constantFrom(...GRANT_TYPES)) }),
  }),
  fc.record({ kind: fc.constant('setup-link'), data: fc.record({ opensFor: fc.constantFrom('first', 'another') }) }),
  fc.record({ kind: fc.constantFrom('access-token', 'refresh-token', 'user-token'), data: fc.constant({}) }),
)

export const anyCredential = fc
  .record(
    {
      name: words,
      grantId: words,
      generation: fc.nat({ max: 1_000_000 }),
      clientId: words,
      userId: words,
      scopes: fc.array(words, { maxLength: 5 }),
      audience: fc.array(words, { maxLength: 3 }),
      createdAt: when,
      expiresAt: when,
      revokedAt: when,
      spentAt: when,
      lastUsedAt: when,
    },
    optional,
  )
  .chain(fields => anyData.map(data => aCredential({ ...fields, ...data } as Partial<Credential>)))
