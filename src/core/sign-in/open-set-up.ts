import type { Act, OperatorActor } from '../../model/actor.ts'
import { aboutCredential, entry } from '../../model/journal.ts'
import { makeCredential, type NewCredential } from '../credentials/make-credential.ts'
import type { World } from '../world.ts'

const LIFE_MILLISECONDS = 15 * 60_000

/**
 * A link with which one person makes one owner account: shown on the machine itself, good once, for 15 minutes.
 * `first` is what a server prints at its start and ends with the first admin; `another` is the operator's explicit wish.
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
