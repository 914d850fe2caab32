import { ENDINGS, type EndingWords, impactSentence, undoOf } from '../../model/credentials/ending.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { type Answer, printable } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { iso } from '../output/shapes.ts'
import type { Call, Foreseen, Option, Verb } from '../program/command.ts'
import { flagOf, type Options, usage } from '../program/options.ts'

/*
 * Options of every verb that ends something. The verb asks a question first; `--yes` answers it, `--dry-run` shows only
 * the effect.
 */

export const ENDING_OPTIONS: readonly Option[] = [
  { flags: '-y, --yes', about: 'do not ask for confirmation (required without a terminal)' },
  { flags: '--dry-run', about: 'show what would end, and change nothing' },
]

/**
 * Returns undefined if the verb may run, otherwise the answer to show instead. Without a terminal, requires `--yes` before
 * anything is opened.
 */
export async function settleEnding({ ends }: Verb, call: Call): Promise<Answer | undefined> {
  const { options } = call
  if (!ends) return undefined
  const [sure, rehearses] = [options.said('yes'), options.said('dryRun')]
  if (ends.only && !options.said(ends.only)) {
    if (rehearses) throw usage('dryRun', `goes with ${flagOf(ends.only)}`)
    return undefined
  }
  if (rehearses) return rehearsal(ends, options, await ends.foresee(call))
  if (sure) return undefined
  if (!call.interactive) throw unasked(ends, options)
  const asked = sentences(ends, options, await ends.foresee(call))
  process.stderr.write(`${asked.join('\n')}\n`)
  const { confirm, isCancel } = await import('@clack/prompts')
  const message = `${wordsOf(ends, options).word}?`
  // A terminal that closes counts as "no".
  const gone = new Promise<false>(resolve => process.once('beforeExit', () => resolve(false)))
  const answer = await Promise.race([confirm({ message, initialValue: false, output: process.stderr }), gone])
  if (isCancel(answer)) process.exit(130)
  return answer ? undefined : { json: undefined, text: '', notes: ['Nothing was changed.'], exit: EXIT.usage }
}

type Ends = NonNullable<Verb['ends']>

const nameOf = ({ act }: Ends, options: Options) => (typeof act === 'function' ? act(options) : act)
const wordsOf = (ends: Ends, options: Options): EndingWords => ENDINGS[nameOf(ends, options)]

const unasked = (ends: Ends, options: Options): Refusal =>
  new Refusal('parameter-invalid', 'not confirmed', {
    parameter: '--yes',
    sentence: `Nothing was changed. ${wordsOf(ends, options).says} ${undoOf(nameOf(ends, options))} Say --yes to do it, or --dry-run to see what would end.`,
  })

function sentences(ends: Ends, options: Options, { what, impact }: Foreseen): string[] {
  const { word, says } = wordsOf(ends, options)
  return [
    `${word}: ${printable(what)}`,
    says,
    ...(impact ? [impactSentence(impact)] : []),
    undoOf(nameOf(ends, options)),
  ].map(line => `  ${line}`)
}

function rehearsal(ends: Ends, options: Options, foreseen: Foreseen): Answer {
  const { what, impact } = foreseen
  return {
    json: {
      dry_run: true,
      act: wordsOf(ends, options).word,
      what,
      says: wordsOf(ends, options).says,
      undo: undoOf(nameOf(ends, options)),
      credentials: impact?.credentials ?? null,
      uses_24h: impact?.uses ?? null,
      refusals_24h: impact?.refusals ?? null,
      networks_24h: impact?.networks ?? null,
      users: impact?.users ?? null,
      last_used_at: iso(impact?.lastUsedAt),
    },
    text: sentences(ends, options, foreseen).join('\n'),
    notes: ['Nothing was changed.'],
  }
}
