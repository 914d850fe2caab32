import { aboutCredential, entry } from '../../model/journal.ts'
import type { Act, OperatorActor } from '../../model/users/actor.ts'
import { makeCredential, type NewCredential } from '../credentials/issue/make-credential.ts'
import type { World } from '../world.ts'

const LIFE_MILLISECONDS = 15 * 60_000

/**
 * Makes a single-use link that makes one owner account within 15 minutes. It is shown on the machine only. A server
 * prints a `first` link at its start, which ends when an admin exists; the operator requests `another`.
 */
export async function openSetUp(
  needs: Needs,
  act: Act<OperatorActor>,
  { opensFor }: { opensFor: 'first' | 'another' },
): Promise<NewCredential> {
  const now = needs.now()
  const made = makeCredential(needs, 'setup-link', {
    createdAt: now,
    expiresAt: now + LIFE_MILLISECONDS,
    data: { opensFor },
  })
  const when = { at: now, detail: { kind: 'setup-link' } }
  await needs.credentials.issue([made.credential], entry(act, 'issued', aboutCredential(made.credential), when))
  return made
}

type Needs = Pick<World, 'credentials' | 'vault' | 'now'>
