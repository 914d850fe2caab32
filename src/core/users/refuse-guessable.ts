import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { normalized } from '../../crypto/passwords.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { World } from '../world.ts'

/** Scores 0 and 1 mean fewer than a million guesses with lists of used passwords. */
const LEAST_SCORE = 2
/** Shorter passwords are possible only if the operator lowered the minimum, in development, for examples in the documents. */
const SHORTEST_JUDGED = 8
/** The estimate takes more than linear time, so only this many characters are evaluated. */
const LONGEST_JUDGED = 64

let estimator: Promise<ZxcvbnFactory> | undefined

/**
 * Refuses a password that is in lists of common ones, also with usual variations, or that is made of the given names.
 */
export async function refuseGuessable(
  needs: Pick<World, 'rules'>,
  password: string,
  names: readonly (string | undefined)[],
): Promise<void> {
  const text = [...normalized(password)].slice(0, LONGEST_JUDGED).join('')
  if (text.length < SHORTEST_JUDGED && !needs.rules.production) return
  estimator ??= load()
  const known = [...names, needs.rules.brand.name, 'claviger'].filter(name => name !== undefined)
  if ((await estimator).check(text, known.flatMap(partsOf)).score >= LEAST_SCORE) return
  const sentence = 'This password is one of the first that are guessed. A few words in a row make a good one.'
  throw new Refusal('password-unfit', sentence, { parameter: 'password', sentence })
}

/** An e-mail address also counts by its parts. */
const partsOf = (name: string): string[] => [name, ...name.split('@', 2)]

/** Loads the lists at the first use, because they use 24 MB and most processes never set a password. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}
