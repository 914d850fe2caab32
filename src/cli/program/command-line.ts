import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../server/settings/config.ts'

const BINARY = fileURLToPath(new URL('../../../bin/claviger', import.meta.url))

/**
 * Returns a command that works when pasted here: with the current name of the program and the current data directory.
 */
export function commandLine(config: Pick<Config, 'dataDir' | 'origins'>, words: string): string {
  const place = config.origins.dataDir === 'default' ? '' : ` --data-dir ${quoted(resolve(config.dataDir))}`
  return `${program()} ${words}${place}`
}

/** Returns a hint whose commands begin with the name by which the program can be started here. */
export const asTyped = (hint: string): string => hint.replaceAll(COMMAND, `$<before>${program()} `)

/** `claviger` before a verb or noun, not within a path or a longer name. */
const COMMAND = /(?<before>^|[\s(:])claviger (?=[a-z])/g

function program(): string {
  const near = relative(process.cwd(), BINARY)
  if (near.startsWith('node_modules/')) return 'npx claviger'
  return quoted(near.startsWith('..') ? BINARY : near)
}

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
