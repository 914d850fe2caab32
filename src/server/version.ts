import { readFileSync } from 'node:fs'

/** The version of this package, from its own manifest: the same place for sources and for what was built from them. */
export function readVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
