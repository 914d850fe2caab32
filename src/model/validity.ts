import { canonicalAudience, sameAudience } from './audience.ts'
import { hasEnded } from './credential.ts'
import { REVOCATION_SUBJECTS, type Revocation } from './journal.ts'
import { coversAll, type Scope } from './scope.ts'
import { type AcceptedDialects, acceptsKind, type Principal, type Reason } from './verdict.ts'

/*
 * What makes something remembered stop holding: an entry of the revocation log about one of the things it depends on,
 * an entry that was missed, another incarnation of the log; and for a verdict, another request or a later time. Shared by
 * the server and the guard; no clock, no network.
 */

/** A place in the revocation log. Numbers compare within one incarnation of it; a restore or a failover begins another. */
export type LogPlace = { incarnation: string; seq: number }

/** Before anything was read: nothing holds there. Servers of older versions name no incarnation either. */
export const NOWHERE: LogPlace = { incarnation: '', seq: -1 }

export const samePlace = (one: LogPlace, other: LogPlace): boolean =>
  one.seq === other.seq && one.incarnation === other.incarnation

/** Does the log with this head contain the place? If not, entries that were read up to there are lost. */
export const reaches = (head: LogPlace, place: LogPlace): boolean =>
  head.incarnation === place.incarnation && head.seq >= place.seq

export type LogItem = Pick<Revocation, 'seq' | 'subject' | 'subjectId'>

export type FollowedLog = {
  /** Of the last entry applied. */
  place(): LogPlace
  /** Goes to this place. Nothing read before it holds any more. */
  startAt(place: LogPlace): void
  /** The next entry of the log. Returns whether it made everything remembered worthless. */
  apply(item: LogItem): 'one thing' | 'everything'
  /** Does what was read at this place, and depends on these subjects, still hold? */
  holds(place: LogPlace, subjects: readonly string[]): boolean
}

/** More revoked subjects than this are not kept apart: then everything is forgotten. */
const MOST_SUBJECTS = 100_000

export function openFollowedLog(): FollowedLog {
  let place = NOWHERE
  /** From here on no entry was missed. */
  let completeFrom = Number.POSITIVE_INFINITY
  /** Where each subject was last mentioned. */
  const lastMentioned = new Map<string, number>()

  function startAt(next: LogPlace): void {
    place = next
    completeFrom = next === NOWHERE ? Number.POSITIVE_INFINITY : next.seq
    lastMentioned.clear()
  }

  return {
    place: () => place,
    startAt,
    apply({ seq, subject, subjectId }) {
      const next = { incarnation: place.incarnation, seq }
      // Numbers have no gaps: a gap is an entry that was missed, a step back is another log.
      const isNext = seq === place.seq + 1
      if (!isNext || !ONE_THING.has(subject) || lastMentioned.size >= MOST_SUBJECTS) {
        startAt(next)
        return 'everything'
      }
      place = next
      lastMentioned.set(subjectKey(subject, subjectId), seq)
      return 'one thing'
    },
    holds({ incarnation, seq }, subjects) {
      if (incarnation !== place.incarnation || seq < completeFrom) return false
      if (seq === place.seq) return true
      for (const subject of subjects) if ((lastMentioned.get(subject) ?? 0) > seq) return false
      return true
    },
  }
}

/** A subject that only newer versions know may concern anything. */
const ONE_THING: ReadonlySet<string> = new Set(REVOCATION_SUBJECTS.filter(subject => subject !== 'everything'))

/** APIs go by every spelling of their audience; a slash more or less at its end makes no difference. */
export const subjectKey = (subject: Revocation['subject'], id: string): string =>
  `${subject} ${subject === 'resource' ? canonicalAudience(id).replace(/\/$/, '') : id}`

/** Ids of what a credential, or a part of it that is looked up alone, depends on. */
export type DependsOn = {
  [Id in 'credentialId' | 'grantId' | 'clientId' | 'clientOwnerId' | 'userId']?: string | undefined
} & {
  audience?: readonly string[]
}

/** The subjects of the log that end or change it. An application depends on the user who registered it. */
export function subjectsOf(ids: DependsOn): string[] {
  const subjects: string[] = []
  if (ids.credentialId !== undefined) subjects.push(subjectKey('credential', ids.credentialId))
  if (ids.grantId !== undefined) subjects.push(subjectKey('grant', ids.grantId))
  if (ids.clientId !== undefined) subjects.push(subjectKey('client', ids.clientId))
  if (ids.clientOwnerId !== undefined) subjects.push(subjectKey('user', ids.clientOwnerId))
  if (ids.userId !== undefined) subjects.push(subjectKey('user', ids.userId))
  for (const audience of ids.audience ?? []) subjects.push(subjectKey('resource', audience))
  return subjects
}

export const subjectsOfPrincipal = ({ credentialId, grantId, client, subject, audience }: Principal): string[] =>
  subjectsOf({ credentialId, grantId, clientId: client?.id, userId: subject?.id, audience })

/**
 * What of a check depends on the request and on the time: it is judged at the first answer, and anew whenever a good verdict is
 * remembered, in the order of the whole check (core/check/check-rules.ts).
 */
export function lacks(
  { kind, expiresAt, audience, scopes }: Pick<Principal, 'kind' | 'expiresAt' | 'audience' | 'scopes'>,
  ask: { audience?: string; dialects?: AcceptedDialects; scopes?: readonly Scope[] },
  now: number,
): Reason | undefined {
  if (hasEnded(expiresAt, now)) return 'credential-expired'
  const api = ask.audience
  if (api !== undefined && audience.length > 0 && !audience.some(one => sameAudience(one, api))) return 'audience-wrong'
  if (!acceptsKind(ask.dialects, kind)) return 'dialect-wrong'
  return !ask.scopes || coversAll(scopes, ask.scopes) ? undefined : 'scope-insufficient'
}
