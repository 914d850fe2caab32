import type { World } from '../../core/world.ts'
import type { EndingName, Impact } from '../../model/credentials/ending.ts'
import type { Installation } from '../../server/compose.ts'
import type { Manage } from '../../server/management.ts'
import type { Config } from '../../server/settings/config.ts'
import type { Answer } from '../output/answer.ts'
import type { Place } from '../place/place.ts'
import type { Options } from './options.ts'

/*
 * The types of the command table. A noun is a table of verbs. A verb is a row with its usage, examples, options, and a
 * function that runs it. Rows are data; `program.ts` mounts them.
 */

export type NounEntry = { about: string; load: () => Promise<Noun> }
export type Noun = { verbs: readonly Verb[] }

export type Verb = {
  /** Verb and arguments in commander's notation: `get <user>`, `secret rotate <id>`; empty for a noun that is itself a command. */
  at: string
  aliases?: readonly string[]
  about: string
  /** Shown first in the help. Each example works when pasted. */
  examples: readonly string[]
  options?: readonly Option[]
  /** The ending that the verb performs; present if the verb ends something or replaces a secret. */
  ends?: Ends
  /**
   * The reason why the verb works only on the machine of the installation. Absent if the verb uses operations, here or
   * at a server.
   */
  onlyHere?: string
  /** True if the verb may make a new installation in a place that was named. */
  begins?: true
  /** Set for a verb that returns a secret. The secret is shown only once, so each output format must contain it. */
  makes?: 'secret'
  run(call: Call): Promise<Answer | undefined>
}

/** An option, such as `--handle <handle>`. `many`: the option may be given several times. */
export type Option = { flags: string; about: string; required?: true; many?: true }

/**
 * `ending.ts` handles such a verb before `run`: it asks at a terminal, requires `--yes` elsewhere, and shows with
 * `--dry-run` what would end.
 */
export type Ends = {
  /** The word and sentence of the ending (`model/credentials/ending.ts`). */
  act: EndingName | ((options: Options) => EndingName)
  /** The verb ends something only with this option. */
  only?: string
  /** Finds and counts what would end, without a change. */
  foresee(call: Call): Promise<Foreseen>
}

/** `what` names the thing; `impact` is absent if its use is not counted. */
export type Foreseen = { what: string; impact?: Impact }

/** The things that a verb can use. The installation is opened at its first use and closed when the command ends. */
export type Call = {
  options: Options
  /** Performs an operation of the management API, at the named server or in the installation on this machine. */
  manage: Manage
  /** The installation on this machine, or a server. */
  place(): Place
  /** The address at which clients use this server. */
  issuer(): Promise<string>
  config(): Config
  installation(): Promise<Installation>
  world(): Promise<World>
  /** Writes a line for people to stderr. */
  tell(line: string): void
  /** All nouns, for output made from the table itself. */
  nouns: Readonly<Record<string, NounEntry>>
  /** True if stdin and stderr are terminals. */
  interactive: boolean
}
