import { readFileSync } from 'node:fs'

/** The version in the package's manifest. The path is the same from the sources and from the built package. */
export function readVersion(): string {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
