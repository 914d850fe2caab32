/**
 * The output of a command: one JSON value, and the same as text for people. Each form contains a secret at most once.
 */
export type Answer = {
  json: unknown
  /** The rows of a list, for terminals. */
  table?: Table
  /** Text for stdout without `--json`; by default made from the JSON value. */
  text?: string
  /** Lines for stderr in the text form: remarks that are not part of the data. */
  notes?: readonly string[]
  /** At most one useful next command, shown on a terminal. */
  next?: string
  /** Exit code other than 0. */
  exit?: number
}

export type Table = { heads: string[]; rows: string[][] }
export type Columns<T> = Record<string, (item: T) => string | number | null | undefined | boolean>

/** Shows one object, one field per line. */
export const record = (json: object, more: Omit<Answer, 'json'> = {}): Answer => ({ text: fields(json), json, ...more })

/**
 * Shows a new secret. In the text form, stdout gets only the secret, so that a shell variable can store it; stderr gets
 * the other fields.
 */
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

/** Shows a page of items: a table on a terminal, tab-separated lines elsewhere. */
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

/** The width of a terminal that does not report one. */
const STANDARD_WIDTH = 100
const LEAST_WIDTH = 16

/** Wraps the cells of the widest column until the table fits the terminal. */
function fitted(heads: readonly string[], rows: readonly string[][]): string[][] {
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map(row => row[i]?.length ?? 0)))
  // The borders take a space on both sides of each cell, and a line between cells.
  const excess = widths.reduce((sum, width) => sum + width + 3, 1) - (process.stdout.columns || STANDARD_WIDTH)
  if (excess <= 0) return [...rows]
  const widest = widths.indexOf(Math.max(...widths))
  const width = Math.max(LEAST_WIDTH, (widths[widest] ?? 0) - excess)
  return rows.map(row => row.map((text, i) => (i === widest ? wrapped(text, width) : text)))
}

/** Breaks a text into lines of whole words; breaks only words longer than a line. */
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

/** Escapes control characters in names, because strangers choose names and could rewrite the terminal. */
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
