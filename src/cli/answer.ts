/** What a command has to say: one JSON value, or the same for people; secrets stand in neither twice. */
export type Answer = {
  json: unknown
  /** Of a list: for a table of its own. */
  table?: Table
  /** For stdout without `--json`. Absent: made from the JSON value. */
  text?: string
  /** Lines for stderr in the text form: what is worth knowing but is not the data. */
  notes?: readonly string[]
  /** At most one command that makes sense next; shown on a terminal. */
  next?: string
  /** Exit code, where it is not 0. */
  exit?: number
}

export type Table = { heads: string[]; rows: string[][] }
export type Columns<T> = Record<string, (item: T) => string | number | null | undefined | boolean>

/** One thing: its fields, a line each. */
export const record = (json: object, more: Omit<Answer, 'json'> = {}): Answer => ({ text: fields(json), json, ...more })

/** A new secret: in the text form it alone goes to stdout, so that a shell variable can take it; the rest goes to stderr. */
export const secret = (json: object, field: string, more: Omit<Answer, 'json' | 'text'> = {}): Answer => {
  const { [field]: value, ...others } = json as Record<string, unknown>
  return {
    json,
    text: String(value),
    ...more,
    notes: [
      ...fields(others).split('\n'),
      'This secret is shown once and cannot be shown again.',
      ...(more.notes ?? []),
    ],
  }
}

/** A page of things: a table on a terminal, tab-separated lines elsewhere. */
export async function list<T>(
  page: { items: readonly T[]; next_cursor?: string | null },
  show: (item: T) => object,
  columns: Columns<T>,
): Promise<Answer> {
  const heads = Object.keys(columns)
  const rows = page.items.map(item => heads.map(head => cell(columns[head]?.(item))))
  return {
    json: { items: page.items.map(show), next_cursor: page.next_cursor ?? null },
    table: { heads, rows },
    text: process.stdout.isTTY ? await boxed({ heads, rows }) : [heads, ...rows].map(row => row.join('\t')).join('\n'),
    notes: page.next_cursor ? [`There are more: add --cursor ${page.next_cursor} or --all.`] : [],
  }
}

export async function boxed({ heads, rows }: Table): Promise<string> {
  if (rows.length === 0) return 'Nothing here yet.'
  const { default: Table } = await import('cli-table3')
  const table = new Table({ head: heads, style: { head: [], border: [], compact: true } })
  table.push(...fitted(heads, rows))
  return table.toString()
}

/** Where a terminal does not say how wide it is. */
const STANDARD_WIDTH = 100
const LEAST_WIDTH = 16

/** The widest column gives way until the table fits the terminal: its cells have several lines. */
function fitted(heads: readonly string[], rows: readonly string[][]): string[][] {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(row => row[i]?.length ?? 0)))
  // A blank on both sides of each cell, and a line between.
  const excess = widths.reduce((sum, width) => sum + width + 3, 1) - (process.stdout.columns || STANDARD_WIDTH)
  if (excess <= 0) return [...rows]
  const widest = widths.indexOf(Math.max(...widths))
  const width = Math.max(LEAST_WIDTH, (widths[widest] ?? 0) - excess)
  return rows.map(row => row.map((text, i) => (i === widest ? wrapped(text, width) : text)))
}

/** In lines of whole words; only a word longer than a line is broken. */
function wrapped(text: string, width: number): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else {
      if (last === '') lines.pop()
      for (let i = 0; i < word.length; i += width) lines.push(word.slice(i, i + width))
    }
  }
  return lines.join('\n')
}

const cell = (value: ReturnType<Columns<unknown>[string]>): string =>
  value === null || value === undefined ? '-' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : printable(value)

/** Names come from strangers; control characters could rewrite the terminal. */
export const printable = (value: string | number): string =>
  String(value).replace(/[\p{Cc}\p{Cf}]/gu, mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)

function fields(json: object): string {
  const entries = Object.entries(json).filter(([, value]) => value !== null && value !== undefined)
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${fieldText(value)}`).join('\n')
}

function fieldText(value: unknown): string {
  if (Array.isArray(value)) return value.map(fieldText).join(' ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return printable(typeof value === 'number' ? value : String(value))
}
