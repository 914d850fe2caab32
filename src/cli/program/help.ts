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
      'Exit codes of commands:',
      ...EXIT_MEANINGS.map(([code, meaning]) => `${String(code).padStart(4)}  ${meaning}`),
    ].join('\n'),
  output: () =>
    [
      'Data goes to stdout, everything else goes to stderr. Values of --output:',
      ...FORMATS.map(format => `  ${format.padEnd(6)}  ${MEANINGS[format]}`),
    ].join('\n'),
  environment: () =>
    [
      'Variables that choose the installation or the server:',
      '  CLAVIGER_DATA_DIR, CLAVIGER_DATABASE_URL  the installation of this machine',
      '  CLAVIGER_URL and CLAVIGER_TOKEN           a server and a token for it (or CLAVIGER_TOKEN_FILE)',
      '  XDG_CONFIG_HOME                           the directory of claviger/contexts.json, which lists the servers you are signed in to',
      '  BROWSER                                   the program that opens the page of claviger login',
      'The settings of a server: claviger config list, docs/configuration.md',
    ].join('\n'),
}

const MEANINGS: Record<(typeof FORMATS)[number], string> = {
  table: 'a table with a border',
  json: 'one JSON value; a list is {"items": [...], "next_cursor": ...}',
  jsonl: 'one JSON value per line',
  csv: 'for spreadsheets; a value that could be a formula begins with an apostrophe',
  yaml: 'one YAML document',
  id: 'the id of each item, one per line, for the next command',
}
