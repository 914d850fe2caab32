import type { Act, ResourceActor } from '../../model/actor.ts'
import type { ResourceServer } from '../../model/client.ts'
import type { Revocation } from '../../model/journal.ts'
import type { World } from '../world.ts'

/**
 * The revocation log as a resource server follows it: what it missed since `after`, then everything that comes, in
 * order and without a gap. Ids only; nothing in it is secret. Whenever anything about the follower itself has changed, it
 * has to come back and prove itself anew: one that was disabled, deleted or given another secret hears no more.
 */
export function followFeed(needs: Needs, act: Act<ResourceActor>, ask: FollowFeed): Feed {
  const { directory } = needs
  return {
    position: directory.position,
    fresh: directory.fresh,
    async open(tell, end) {
      await directory.follow()
      let waiting: Revocation[] | undefined = []
      const stop = directory.onRevocation(revocation => {
        if (waiting) waiting.push(revocation)
        else tell(revocation)
        if (isAbout(act.by.resource, revocation)) end()
      })
      try {
        for (const revocation of await missedSince(needs, ask.after, directory.position())) tell(revocation)
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
/** Telling more than this takes longer than starting anew. */
const MOST_MISSED = 20_000

async function missedSince(needs: Needs, after: number | undefined, position: number): Promise<Revocation[]> {
  if (after === undefined || after === position) return []
  const everything: Revocation = {
    seq: position,
    at: needs.now(),
    subject: 'everything',
    subjectId: '',
    effect: 'changed',
  }
  // Ahead of us: it followed a database that this one was restored behind.
  if (after > position || position - after > MOST_MISSED) return [everything]
  const missed: Revocation[] = []
  for (let seq = after; seq < position; ) {
    const batch = await needs.revocations.after(seq, BATCH)
    for (const revocation of batch) if (revocation.seq <= position) missed.push(revocation)
    seq = batch.at(-1)?.seq ?? position
  }
  return missed
}

export type FollowFeed = { after?: number }
export type Feed = {
  /** Last entry of the log that this server has obeyed. */
  position(): number
  /** Has this server itself seen the end of the log a moment ago? */
  fresh(): boolean
  /**
   * Tells what was missed and what comes; resolves, once up to date, to the function that stops it. `end` is called when
   * the follower must prove itself anew.
   */
  open(tell: (revocation: Revocation) => void, end: () => void): Promise<() => void>
}
type Needs = Pick<World, 'directory' | 'revocations' | 'now'>
