/* The visible rows as a file. */

export type Cell = string | number | boolean | null

/** Spreadsheets run a text that begins like a formula. A quote before it prevents this (OWASP ASVS 1.2.10). */
export function csvCell(value: Cell): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[\s]*[=+\-@\t\r\n|]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) || text.startsWith("'") ? `"${text.replaceAll('"', '""')}"` : text
}

export const toCsv = (rows: readonly Record<string, Cell>[]): string => {
  const names = Object.keys(rows[0] ?? {})
  return [names, ...rows.map(row => names.map(name => row[name] ?? null))]
    .map(cells => cells.map(csvCell).join(','))
    .join('\r\n')
}

export function save(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
