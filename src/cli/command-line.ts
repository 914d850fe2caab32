import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../server/config.ts'

const BINARY = fileURLToPath(new URL('../../bin/claviger', import.meta.url))

/** A command of ours as it works when pasted here: how this one is called, and where its data lies. */
export function commandLine(config: Pick<Config, 'dataDir' | 'origins'>, words: string): string {
  const place = config.origins.dataDir === 'default' ? '' : ` --data-dir ${quoted(resolve(config.dataDir))}`
  return `${program()} ${words}${place}`
}

function program(): string {
  const near = relative(process.cwd(), BINARY)
  if (near.startsWith('node_modules/')) return 'npx claviger'
  return quoted(near.startsWith('..') ? BINARY : near)
}

const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
