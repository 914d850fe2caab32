import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { normalized } from '../../crypto/passwords.ts'
import { Refusal } from '../../model/refusal.ts'
import type { World } from '../world.ts'

/** Guesses that an attacker with lists of used passwords needs: fewer than a million is score 0 or 1. */
const LEAST_SCORE = 2
/** Shorter ones are possible only where the operator lowered the minimum: in development, for the samples of the documents. */
const SHORTEST_JUDGED = 8
/** The estimate grows faster than its text: what comes after so many characters is not judged. */
const LONGEST_JUDGED = 64

let estimator: Promise<ZxcvbnFactory> | undefined

/** Refuses a password that stands in lists of common ones, with the usual decorations, or is made of the names given. */
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

/** Of an e-mail address its parts, too. */
const partsOf = (name: string): string[] => [name, ...name.split('@', 2)]

/** At first use: the lists take 24 MB, and most processes never set a password. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}
