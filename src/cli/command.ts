import type { World } from '../core/world.ts'
import type { EndingName, Impact } from '../model/ending.ts'
import type { Installation } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import type { Manage } from '../server/management.ts'
import type { Answer } from './answer.ts'
import type { Options } from './options.ts'
import type { Place } from './place.ts'

/*
 * The page everybody reads once. A noun is a table of verbs, and a verb is a row: how it is said, examples, options, and
 * a straight line from what was typed to a decision of the core and its answer. Rows are data; `program.ts` mounts them.
 */

export type NounEntry = { about: string; load: () => Promise<Noun> }
export type Noun = { verbs: readonly Verb[] }

export type Verb = {
  /** Verb and arguments as commander writes them: `get <user>`, `secret rotate <id>`; empty for a noun that is a command itself. */
  at: string
  aliases?: readonly string[]
  about: string
  /** Shown first in the help; each works as pasted. */
  examples: readonly string[]
  options?: readonly Option[]
  /** Stands where the verb takes something away or replaces a secret. */
  ends?: Ends
  /** Why it works only at the machine of the installation. Absent: it asks for operations, here or at a server. */
  onlyHere?: string
  /** It makes the first thing of an installation, so one may begin with it in a place that was named. */
  begins?: true
  /** A secret that is shown once: no format may leave it out. */
  makes?: 'secret'
  run(call: Call): Promise<Answer | undefined>
}

/** `--handle <handle>`; `many` may stand several times, `required` must stand. */
export type Option = { flags: string; about: string; required?: true; many?: true }

/**
 * Such a verb asks on a terminal, is done elsewhere with `--yes` alone, and tells with `--dry-run` what would end:
 * `ending.ts` sees to it before `run` is called.
 */
export type Ends = {
  /** Its word and sentence (`model/ending.ts`). */
  act: EndingName | ((options: Options) => EndingName)
  /** The option without which this verb takes nothing away. */
  only?: string
  /** Finds what would end, and counts; changes nothing. */
  foresee(call: Call): Promise<Foreseen>
}

/** `what` names it; `impact` is absent where nothing is counted by credential. */
export type Foreseen = { what: string; impact?: Impact }

/** What a verb may reach. The house is opened when first asked for and closed when the command ends. */
export type Call = {
  options: Options
  /** Asks for an operation of the management API: at the server that was named, or in the installation of this machine. */
  manage: Manage
  /** At the installation of this machine, or at a server. */
  place(): Place
  /** Where clients reach the server that is meant. */
  issuer(): Promise<string>
  config(): Config
  installation(): Promise<Installation>
  world(): Promise<World>
  /** A line on stderr: for people, never for programs. */
  tell(line: string): void
  /** All nouns, for what is made from the table itself. */
  nouns: Readonly<Record<string, NounEntry>>
  /** True where both ends are a person's terminal. */
  interactive: boolean
}
