import { createHash } from 'node:crypto'
import { Refusal } from '../../model/refusals/refusal.ts'
import { DAY } from '../../model/span.ts'
import type { World } from '../world.ts'

const KEEP_MILLISECONDS = DAY
/** The longest time that a duplicate waits for the first request. */
const WAIT_MILLISECONDS = 5000
const STEP_MILLISECONDS = 25
const SEALED = 'idempotent-answer'

/**
 * Does `work` once per key and caller, and returns the first answer to repeats for one day. The key is claimed before
 * the work, so concurrent duplicates cannot both act. Answers may contain a secret, so they are sealed with the key
 * itself; the database stores only the key's fingerprint.
 */
export async function answerOnce<T extends object>(
  needs: Needs,
  ask: AnswerOnce,
  work: () => Promise<T>,
): Promise<Once<T>> {
  const at = needs.now()
  const claim = {
    caller: ask.caller,
    key: needs.vault.fingerprint(`idempotency ${ask.key}`),
    requestHash: createHash('sha256').update(ask.request).digest('hex'),
    at,
    expiresAt: at + KEEP_MILLISECONDS,
  }
  const found = await firstAnswer(needs, claim)
  if (found !== undefined) {
    if (found.requestHash !== claim.requestHash)
      throw new Refusal('idempotency-mismatch', `another request of ${ask.caller}`)
    if (found.answer === undefined)
      throw new Refusal('state-conflict', `the first request of ${ask.caller} did not finish`, {
        sentence:
          'The first request with this Idempotency-Key has not finished. See what it did before you send another.',
      })
    const answer = needs.vault.openFor(ask.key, SEALED, found.answer)
    if (answer === undefined) throw new Error('a stored answer cannot be opened')
    return { fact: JSON.parse(answer) as T, repeated: true }
  }
  const fact = await work().catch(async (error: unknown) => {
    // A refusal has changed nothing, so the key is released. After any other exception the outcome is unknown, so the key
    // stays claimed.
    if (error instanceof Refusal) await needs.idempotency.release(claim)
    throw error
  })
  await needs.idempotency.answer(claim, needs.vault.sealFor(ask.key, SEALED, JSON.stringify(fact)))
  return { fact, repeated: false }
}

async function firstAnswer(needs: Needs, claim: Parameters<Needs['idempotency']['claim']>[0]) {
  const until = performance.now() + WAIT_MILLISECONDS
  for (;;) {
    const found = await needs.idempotency.claim(claim)
    if (found === 'claimed') return undefined
    if (found.answer !== undefined || found.requestHash !== claim.requestHash || performance.now() >= until)
      return found
    await new Promise(resolve => setTimeout(resolve, STEP_MILLISECONDS))
  }
}

/** `request` is the text that identifies a request: method, path and body. */
export type AnswerOnce = { caller: string; key: string; request: string }
export type Once<T> = { fact: T; repeated: boolean }
type Needs = Pick<World, 'idempotency' | 'vault' | 'now'>
