import type { Outcome } from '../../../core/oauth/authorize/authorize.ts'
import type { Way, WayName } from '../../../core/oauth/ways/way.ts'
import type { WireAnswer } from '../../dialect.ts'
import type { PageRequest } from '../page-request.ts'
import type { Words } from '../words/en.ts'

/** A way back to the application, as people and browsers see it. */
export type ShownWay<Name extends WayName> = {
  /** The answer is given: a code, or a refusal. */
  answer(who: PageRequest, outcome: Answered, way: Way<Name>): WireAnswer
  /** The host that a person may recognise; empty where there is none. */
  host(way: Way<Name>): string
  /** A sentence of the consent page: where the answer leads. */
  destination(words: Words, way: Way<Name>): string
  /** What the person compares before the consent. */
  facts?(who: PageRequest, way: Way<Name>): string
}

export type Answered = Outcome & { is: 'code' | 'refused' }
