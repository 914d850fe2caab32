import { REASON_NAMES, type ReasonName } from '../credentials/verdict.ts'
import { REFUSALS, type RefusalCode } from '../refusals/refusal.ts'

/** The reason of a refusal as the end of a sentence, by the names in verdicts and the journal. */
const VERDICTS: Record<ReasonName, string> = {
  missing: 'no credential was sent',
  malformed: 'the credential was mistyped or cut short',
  unknown: 'nothing here matches that credential',
  expired: 'it had expired',
  revoked: 'it had been revoked',
  disabled: 'it is disabled',
  owner_disabled: 'its owner is disabled',
  client_disabled: 'its application is disabled',
  wrong_audience: 'it is meant for another API',
  insufficient_scope: 'a needed scope is missing',
  wrong_dialect: 'that kind of credential is not accepted there',
  network_not_allowed: 'it came from a network that is not allowed',
  rate_limited: 'too many requests',
}

/** Reasons of entries that are no refusals, and refusals whose own text is too general. */
const OTHERS = {
  flood: 'too many refusals at once to note each',
  'ahead-of-log': 'a guard had read further than the revocation log reaches',
  'signed-out-elsewhere': 'signed out from another browser',
  'role-lowered': 'the new role may do less',
  'derived elsewhere': 'it was derived by another system',
  'client-unknown': 'no such application',
  'client-proof-wrong': 'wrong client secret',
  'code-spent': 'the code had been used before',
  'refresh-reused': 'the refresh token had been used before',
  'login-failed': 'wrong name or password',
  'scope-too-wide': 'more was asked for than may be granted',
} as const

/** Turns the sentence of a refusal into the end of another sentence. */
const asEnding = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')

const REFUSED = Object.fromEntries(Object.entries(REFUSALS).map(([code, text]) => [code, asEnding(text)])) as Record<
  RefusalCode,
  string
>

/** All reasons in English. */
const REASON_WORDS: Readonly<Record<string, string>> = { ...REFUSED, ...VERDICTS, ...OTHERS }
/** The reasons in words, without duplicates, for a list of choices. */
export const REASON_CHOICES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(REASON_WORDS).filter(([name]) => !Object.hasOwn(REASON_NAMES, name)),
)

/** An unknown reason comes from another version or from a person, so it is shown unchanged. */
export const reasonWords = (reason: string | undefined): string =>
  reason === undefined ? 'no reason was noted' : (REASON_WORDS[reason] ?? reason)
