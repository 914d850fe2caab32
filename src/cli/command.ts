import type { World } from '../core/world.ts'
import type { Installation } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import type { Answer } from './answer.ts'
import type { Options } from './options.ts'

/*
 * The page everybody reads once. A noun is a table of verbs, and a verb is a row: how it is said, examples, options, and
 * a straight line from what was typed to a decision of the core and its answer. Rows are data; `program.ts` mounts them.
 */

export type Noun = { verbs: readonly Verb[] }

export type Verb = {
  /** Verb and arguments as commander writes them: `get <user>`, `secret rotate <id>`; empty for a noun that is a command itself. */
  at: string
  aliases?: readonly string[]
  about: string
  /** Shown first in the help; each works as pasted. */
  examples: readonly string[]
  options?: readonly Option[]
  run(call: Call): Promise<Answer | undefined>
}

/** `--handle <handle>`; `many` may stand several times, `required` must stand. */
export type Option = { flags: string; about: string; required?: true; many?: true }

/** What a verb may reach. The house is opened when first asked for and closed when the command ends. */
export type Call = {
  options: Options
  config(): Config
  installation(): Promise<Installation>
  world(): Promise<World>
  /** A line on stderr: for people, never for programs. */
  tell(line: string): void
  /** True where both ends are a person's terminal. */
  interactive: boolean
}
