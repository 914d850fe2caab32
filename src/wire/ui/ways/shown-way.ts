import type { Outcome } from '../../../core/oauth/authorize/outcome.ts'
import type { Way, WayName } from '../../../core/oauth/ways/way.ts'
import type { WireAnswer } from '../../dialect.ts'
import type { PageRequest } from '../page-request.ts'
import type { Words } from '../words/en.ts'

/** The visible side of a way back to the application. */
export type ShownWay<Name extends WayName> = {
  /** Shows the answer, a code or a refusal. */
  answer(who: PageRequest, outcome: Answered, way: Way<Name>): WireAnswer
  /** The host that a person may know; empty if the way has none. */
  host(way: Way<Name>): string
  /** The sentence of the consent page about the target. */
  destination(words: Words, way: Way<Name>): string
  /** Facts that the person compares before consent. */
  facts?(who: PageRequest, way: Way<Name>): string
}

export type Answered = Outcome & { is: 'code' | 'refused' }
