import type { ResourceServer } from '../../model/clients/client.ts'
import { type LogPlace, reaches } from '../../model/credentials/validity.ts'
import { entry, type Revocation } from '../../model/journal.ts'
import type { Act, ResourceActor } from '../../model/users/actor.ts'
import { lostEntries } from '../services/warnings.ts'
import type { World } from '../world.ts'

/**
 * The revocation log as a feed for a resource server: first the entries since `after`, then new ones, in order and
 * without gaps. Entries contain only ids. A change of the follower's own client or resource ends the feed, because the
 * follower may be disabled or have a new secret, and must authenticate again.
 */
export function followFeed(needs: Needs, act: Act<ResourceActor>, ask: FollowFeed): Feed {
  const { lookups } = needs
  const leave = needs.feeds.take(act.by.client.id)
  return {
    place: lookups.place,
    fresh: lookups.fresh,
    leave,
    async open(tell, end) {
      await lookups.follow()
      let waiting: Revocation[] | undefined = []
      const stop = lookups.onRevocation(revocation => {
        if (waiting) waiting.push(revocation)
        else tell(revocation)
        if (isAbout(act.by.resource, revocation)) end()
      })
      try {
        for (const revocation of await missedSince(needs, act, ask.after)) tell(revocation)
      } catch (error) {
        stop()
        throw error
      }
      for (const revocation of waiting) tell(revocation)
      waiting = undefined
      return stop
    },
  }
}

const isAbout = ({ clientId, audience }: ResourceServer, { subject, subjectId }: Revocation): boolean =>
  (subject === 'client' && subjectId === clientId) || (subject === 'resource' && subjectId === audience)

const BATCH = 1000
/** A follower that has missed more entries is told to drop its whole cache, which is faster. */
const MOST_MISSED = 20_000

async function missedSince(needs: Needs, act: Act<ResourceActor>, after: FollowFeed['after']): Promise<Revocation[]> {
  if (after === undefined) return []
  if (after.seq > needs.lookups.place().seq) await noteAhead(needs, act, after)
  const head = needs.lookups.place()
  const sameLog = reaches(head, { incarnation: head.incarnation, ...after })
  if (!sameLog || head.seq - after.seq > MOST_MISSED)
    return [{ seq: head.seq, at: needs.now(), subject: 'everything', subjectId: '', effect: 'changed' }]
  const missed: Revocation[] = []
  for (let seq = after.seq; seq < head.seq; ) {
    const batch = await needs.revocations.after(seq, BATCH)
    for (const revocation of batch) if (revocation.seq <= head.seq) missed.push(revocation)
    seq = batch.at(-1)?.seq ?? head.seq
  }
  return missed
}

/**
 * Handles a follower that has read beyond the end of the log, so the database is older than the one it followed before.
 * The first such follower starts a new incarnation of the log for all; at most once per process, because a follower may
 * lie.
 */
async function noteAhead(
  needs: Needs,
  act: Act<ResourceActor>,
  after: NonNullable<FollowFeed['after']>,
): Promise<void> {
  const { seq: endsAt, incarnation } = needs.lookups.place()
  const { audience, clientId } = act.by.resource
  const ahead = entry(
    act,
    'changed',
    { about: 'revocation-log', clientId },
    { at: needs.now(), reason: 'ahead-of-log', detail: { readUpTo: after.seq, endsAt } },
  )
  const sentence = lostEntries(`A guard of ${audience}`, after.seq, endsAt)
  const sameLog = after.incarnation === undefined || after.incarnation === incarnation
  const said = needs.warnings.once(sameLog ? 'guard-ahead' : 'log-behind', sentence)
  if (!sameLog || said === 'said before') return needs.recorder.note(ahead)
  await needs.revocations.beginAnew(incarnation, ahead)
  await needs.lookups.follow()
}

/** Older followers send no incarnation. */
export type FollowFeed = { after?: { seq: number; incarnation?: string } }
export type Feed = {
  /** The place of the last entry that this server has applied. */
  place(): LogPlace
  /** Called once, when the stream has ended. */
  leave(): void
  /** True if this server has recently seen the end of the log. */
  fresh(): boolean
  /**
   * Sends missed and new entries to `tell`. Resolves to the stop function when all missed entries are sent. Calls `end`
   * when the follower must authenticate again.
   */
  open(tell: (revocation: Revocation) => void, end: () => void): Promise<() => void>
}
type Needs = Pick<World, 'feeds' | 'lookups' | 'revocations' | 'warnings' | 'recorder' | 'now'>
