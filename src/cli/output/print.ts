import type { Option, Verb } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'
import { type Answer, boxed } from './answer.ts'

/* Formats of the answer on stdout. Everything else goes to stderr. */

export const FORMATS = ['table', 'json', 'jsonl', 'csv', 'yaml', 'id'] as const
type Format = (typeof FORMATS)[number]

export const OUTPUT_OPTIONS: readonly Option[] = [
  { flags: '-o, --output <format>', about: `format of the output: ${FORMATS.join(', ')} (default: plain text)` },
  { flags: '--json', about: 'the same as --output json' },
  { flags: '-q, --quiet', about: 'print the data alone, without notes' },
]

/** Reads the format from the raw words, so that failures before parsing have this format too. */
export function formatIn(words: readonly string[]): string | undefined {
  if (words.includes('--json')) return 'json'
  const at = words.findIndex(word => /^(?:-o|--output)/.test(word))
  return at < 0 ? undefined : (/^(?:-o|--output)=?(.+)$/.exec(words[at] ?? '')?.[1] ?? words[at + 1])
}

export function readFormat(options: Options, { makes }: Pick<Verb, 'makes'>): Format | undefined {
  const format = options.oneOf('output', FORMATS) ?? (options.said('json') ? 'json' : undefined)
  if (format === 'id' && makes === 'secret')
    throw usage('output', 'id would lose the secret, which is shown once; take json, or --quiet for the secret alone')
  return format
}

export async function print(answer: Answer, format: Format | undefined, quiet: boolean): Promise<void> {
  const { json, text, notes, next } = answer
  if (format !== undefined && format !== 'table') {
    if (json !== undefined) process.stdout.write(await rendered(json, format))
    return
  }
  const shown = format === 'table' && answer.table ? await boxed(answer.table) : text
  if (shown) process.stdout.write(`${shown}\n`)
  if (quiet) return
  for (const note of notes ?? []) process.stderr.write(`${note}\n`)
  if (next && process.stderr.isTTY) process.stderr.write(`Next: ${next}\n`)
}

type Row = Record<string, unknown>

async function rendered(json: unknown, format: Exclude<Format, 'table'>): Promise<string> {
  if (format === 'json') return `${JSON.stringify(json)}\n`
  if (format === 'yaml') return (await import('yaml')).stringify(json, { lineWidth: 0 })
  const rows = rowsIn(json)
  if (format === 'jsonl') return rows.map(row => `${JSON.stringify(row)}\n`).join('')
  if (format === 'id') return rows.map(row => `${idOf(row)}\n`).join('')
  const { stringify } = await import('csv-stringify/sync')
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const cells = rows.map(row => Object.fromEntries(columns.map(name => [name, cell(row[name])])))
  // Escapes values that a spreadsheet would run as a formula.
  return stringify(cells, { header: true, columns, escape_formulas: true })
}

function rowsIn(json: unknown): Row[] {
  const { items } = json as { items?: unknown }
  return Array.isArray(items) ? (items as Row[]) : [json as Row]
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(cell).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The fields that can identify one item in another command; the first one present is printed. */
const IDS = ['id', 'client_id', 'kid', 'name', 'scope', 'variable', 'context', 'url']

function idOf(row: Row): string {
  const name = IDS.find(one => typeof row[one] === 'string' || typeof row[one] === 'number')
  if (name === undefined) throw usage('output', 'id fits no command whose answer has no ids; what was done is done')
  return String(row[name])
}
