import { ENDING_OPTIONS } from '../credentials/ending.ts'
import { OUTPUT_OPTIONS } from '../output/print.ts'
import { hasOwnUrl } from '../place/open-call.ts'
import { WHERE_OPTIONS } from '../place/where-options.ts'
import type { Call, Noun, Verb } from './command.ts'
import { SHELLS, type Words } from './completion-scripts.ts'

export const completion: Noun = {
  verbs: Object.entries(SHELLS).map(([shell, { script, install }]) => ({
    at: shell,
    about: `Print the script with which ${shell} completes nouns, verbs and options`,
    examples: [install],
    onlyHere: 'it is about this program',
    async run(call) {
      const text = script(await wordsOf(call))
      return { json: { shell, script: text }, text, notes: [] }
    },
  })),
}

async function wordsOf({ nouns }: Call): Promise<Words> {
  const words = new Map<string, string[]>([['', [...Object.keys(nouns), 'help']]])
  const add = (at: string, more: readonly string[]): void => {
    words.set(at, [...new Set([...(words.get(at) ?? []), ...more])])
  }
  for (const [noun, { load }] of Object.entries(nouns))
    for (const verb of (await load()).verbs) {
      const parts = verb.at.split(' ').filter(part => /^[a-z]/.test(part))
      for (const [place, part] of parts.entries()) {
        const aliases = place === parts.length - 1 ? (verb.aliases ?? []) : []
        add([noun, ...parts.slice(0, place)].join(' '), [part, ...aliases])
      }
      for (const last of parts.length === 0 ? [''] : [parts.at(-1) ?? '', ...(verb.aliases ?? [])])
        add([noun, ...parts.slice(0, -1), last].filter(Boolean).join(' '), flagsOf(verb))
    }
  return words
}

const flagsOf = (verb: Verb): string[] =>
  [
    ...(verb.options ?? []),
    ...(verb.ends ? ENDING_OPTIONS : []),
    ...WHERE_OPTIONS.filter(({ flags }) => !hasOwnUrl(verb) || !flags.startsWith('--url ')),
    ...OUTPUT_OPTIONS,
    { flags: '--help' },
  ].flatMap(({ flags }) => flags.match(/--[a-z][a-z-]*/g) ?? [])
