import { REVOCATION_SUBJECTS, type Revocation } from '../journal.ts'
import { canonicalAudience, sameAudience } from '../scopes/audience.ts'
import { coversAll, type Scope } from '../scopes/scope.ts'
import { hasEnded } from './credential.ts'
import { type AcceptedDialects, acceptsKind, type Principal, type Reason } from './verdict.ts'

/*
 * Decides when cached data is no longer valid: after a log entry about one of its subjects, after a missed entry, or in
 * another incarnation of the log. A cached verdict also depends on the request and the time. Server and guard share
 * this file; it uses no clock and no network.
 */

/** A place in the revocation log. Numbers are comparable only within one incarnation; a restore or a failover begins a new one. */
export type LogPlace = { incarnation: string; seq: number }

/** The place before anything was read, at which nothing is valid. Older servers also send no incarnation. */
export const NOWHERE: LogPlace = { incarnation: '', seq: -1 }

export const samePlace = (one: LogPlace, other: LogPlace): boolean =>
  one.seq === other.seq && one.incarnation === other.incarnation

/** Tells if the log with this head contains the place. If not, entries that were read before are lost. */
export const reaches = (head: LogPlace, place: LogPlace): boolean =>
  head.incarnation === place.incarnation && head.seq >= place.seq

export type LogItem = Pick<Revocation, 'seq' | 'subject' | 'subjectId'>

export type FollowedLog = {
  /** The place of the last applied entry. */
  place(): LogPlace
  /** Moves to this place; everything read before becomes invalid. */
  startAt(place: LogPlace): void
  /** Applies the next entry. `everything`: all cached data became invalid. */
  apply(item: LogItem): 'one thing' | 'everything'
  /** Tells if data that was read at this place and depends on these subjects is still valid. */
  holds(place: LogPlace, subjects: readonly string[]): boolean
}

/** The largest number of revoked subjects that are remembered. Beyond it the log forgets them and declares everything invalid, to limit memory. */
const MOST_SUBJECTS = 100_000

export function openFollowedLog(): FollowedLog {
  let place = NOWHERE
  /** The number at which the log began to be followed. No entry after this number was missed. */
  let completeFrom = Number.POSITIVE_INFINITY
  /** The number of the latest entry about each subject. */
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
      // Numbers have no gaps. A gap means a missed entry; a smaller number means another log.
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

/** An unknown subject comes from a newer version and may concern anything. */
const ONE_THING: ReadonlySet<string> = new Set(REVOCATION_SUBJECTS.filter(subject => subject !== 'everything'))

/** The key of an API uses the canonical spelling of its audience without a slash at the end. */
export const subjectKey = (subject: Revocation['subject'], id: string): string =>
  `${subject} ${subject === 'resource' ? canonicalAudience(id).replace(/\/$/, '') : id}`

/** Ids on which a credential, or a part that is looked up alone, depends. */
export type DependsOn = {
  [Id in 'credentialId' | 'grantId' | 'clientId' | 'clientOwnerId' | 'userId']?: string | undefined
} & {
  audience?: readonly string[]
}

/** The subjects of the log that can end or change the credential. An application depends on the user who registered it. */
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
 * The part of the check that depends on the request and the time. It runs for the first answer and for each use of a
 * cached verdict, in the order of the whole check (core/check/check-rules.ts).
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
