import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/*
 * To load the server takes longer than most test files. Several files therefore share a process, and a process has so many
 * that the last ones end at about the same time.
 */

const root = join(import.meta.dirname, '..')

/** How many files of a folder share a process, those that take longest first. Other folders: as the last row. */
const SIZES: readonly (readonly [folder: string, files: number])[] = [
  ['test/faults/', 1],
  ['src/store/', 1],
  ['test/cli/', 4],
  ['test/packaging/', 1],
  ['test/proxies/', 1],
  ['test/guard/', 6],
  ['src/wire/', 8],
  ['', 12],
]

/** What these change or watch belongs to the whole process: its clock, its environment, every map, every answer. */
const ALONE = /\/kit\/(?:api-document|clock|every-row|watched-collections)\.ts'|process\.env\[[^\]]+\] = /

export const testFiles = (): string[] =>
  globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root })
    .map(file => file.replaceAll('\\', '/'))
    .sort()

/** Every file in exactly one group, in the order in which the groups begin. */
export function groupsOf(files: readonly string[], textOf = (file: string) => readFileSync(join(root, file), 'utf8')) {
  const folder = (file: string) => SIZES.find(([prefix]) => file.startsWith(prefix)) as (typeof SIZES)[number]
  return SIZES.flatMap(row => {
    const own = files.filter(file => folder(file) === row)
    const alone = own.filter(file => ALONE.test(textOf(file)))
    const others = own.filter(file => !alone.includes(file))
    const [, size] = row
    const count = Math.ceil(others.length / size)
    // Neighbours go to different groups: files whose names begin alike take equally long.
    const groups = Array.from({ length: count }, (_, i) => others.filter((_, place) => place % count === i))
    return [...alone.map(file => [file]), ...groups]
  })
}

/** Writes one entry for each group into this folder; the test runner takes them by name. */
export function writeEntries(groups: readonly (readonly string[])[], folder: string): string[] {
  const together = pathToFileURL(join(root, 'test', 'kit', 'together.ts')).href
  mkdirSync(folder, { recursive: true })
  return groups.map((files, index) => {
    const entry = join(folder, `${String(index).padStart(3, '0')}.test.mjs`)
    const list = files.map(name => ({ name, path: resolve(root, name) }))
    writeFileSync(entry, `import { runTogether } from '${together}'\nawait runTogether(${JSON.stringify(list)})\n`)
    return entry
  })
}
