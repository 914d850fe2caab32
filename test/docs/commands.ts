import type { Ends, Verb } from '../../src/cli/program/command.ts'
import { NOUNS } from '../../src/cli/program/nouns.ts'
import { flagOf, Options } from '../../src/cli/program/options.ts'
import { ENDINGS, type EndingName, undoOf } from '../../src/model/credentials/ending.ts'

export type Row = { noun: string; verb: Verb }

/** Every verb of the command line. */
export const VERBS: readonly Row[] = (
  await Promise.all(
    Object.entries(NOUNS).map(async ([noun, { load }]) => (await load()).verbs.map(verb => ({ noun, verb }))),
  )
).flat()

const actOf = ({ act }: Ends): EndingName => (typeof act === 'function' ? act(new Options({}, [])) : act)

/** docs/commands.md: what asks before it is done. */
export function commandsPage(): string {
  const rows = VERBS.flatMap(({ noun, verb }) => {
    if (!verb.ends) return []
    const line = ['claviger', noun, verb.at, verb.ends.only ? flagOf(verb.ends.only) : ''].filter(Boolean).join(' ')
    const act = actOf(verb.ends)
    return [`| \`${line}\` | ${ENDINGS[act].says} ${undoOf(act)} |`]
  })
  return `# Commands that end something

These commands delete, revoke, disable or replace a secret. On a terminal, each shows what would stop, and asks. Elsewhere, as in a script, each needs \`--yes\`;
without it the exit code is 2, and nothing is changed. With \`--dry-run\`, each shows what would end and changes nothing: \`credentials\` (active ones),
\`uses_24h\`, \`refusals_24h\`, \`networks_24h\` and \`users\`, as text or with \`--json\`. The value is \`null\` for a thing that has no credentials. The console, the
portal and the account pages show the same sentences. This page is made from the code by \`npm run docs\`.

| command | what stops |
| --- | --- |
${rows.join('\n')}
`
}
