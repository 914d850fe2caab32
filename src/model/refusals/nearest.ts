/**
 * Returns the known name that `name` probably misspells: at most two steps away, and at most a third of the length of
 * `name`. `undefined` if there is none, because other names of that distance are other words.
 */
export function nearest(
  name: string,
  known: readonly string[],
  bare: (text: string) => string = text => text.toLowerCase(),
): string | undefined {
  const scored = known.map(candidate => ({ candidate, steps: stepsBetween(bare(name), bare(candidate)) }))
  const best = scored.sort((a, b) => a.steps - b.steps)[0]
  return best && best.steps <= Math.min(2, bare(name).length / 3) ? best.candidate : undefined
}

/** Counts the letters to insert, delete, replace or swap until both names are equal (Damerau). */
function stepsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const [above = [], before] = [rows[i - 1], rows[i - 2]]
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = before && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same, swapped))
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}
