import { EXIT_MEANINGS } from '../output/exit-codes.ts'
import { FORMATS } from '../output/print.ts'

/* Treats `help` before or between the words of a command as a final `--help`. Some help topics are not commands. */

export function readHelp(said: string[], nouns: object): { words: string[]; topic?: string } {
  const at = said[0] === 'help' ? 0 : said[1] === 'help' ? 1 : -1
  if (at < 0) return { words: said }
  const words = said.filter((_, place) => place !== at)
  const topic = at === 0 ? TOPICS[words[0] ?? ''] : undefined
  if (topic !== undefined) return { words, topic: topic() }
  // An unknown word gets no `--help`, so it is refused as an unknown command.
  return words.length === 0 || Object.hasOwn(nouns, words[0] ?? '') ? { words: [...words, '--help'] } : { words }
}

const TOPICS: Record<string, (() => string) | undefined> = {
  'exit-codes': () =>
    [
      'What a command tells the shell:',
      ...EXIT_MEANINGS.map(([code, meaning]) => `${String(code).padStart(4)}  ${meaning}`),
    ].join('\n'),
  output: () =>
    [
      'Data goes to stdout, everything else to stderr. --output FORMAT is one of:',
      ...FORMATS.map(format => `  ${format.padEnd(6)}  ${MEANINGS[format]}`),
    ].join('\n'),
  environment: () =>
    [
      'Where commands work:',
      '  CLAVIGER_DATA_DIR, CLAVIGER_DATABASE_URL  the installation of this machine',
      '  CLAVIGER_URL and CLAVIGER_TOKEN           a server and a token for it (or CLAVIGER_TOKEN_FILE)',
      '  XDG_CONFIG_HOME                           claviger/contexts.json in it has the servers you are signed in to',
      '  BROWSER                                   the program that shows the page of claviger login',
      'The settings of a server: claviger config list, docs/configuration.md',
    ].join('\n'),
}

const MEANINGS: Record<(typeof FORMATS)[number], string> = {
  table: 'for people, in a frame',
  json: 'one JSON value; lists are {"items": [...], "next_cursor": ...}',
  jsonl: 'one JSON value a line',
  csv: 'for spreadsheets; what begins like a formula has an apostrophe in front',
  yaml: 'one YAML document',
  id: 'what names each thing, a line each, for the next command',
}
