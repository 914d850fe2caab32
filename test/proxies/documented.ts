import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'proxies.md'), 'utf8')

/** The addresses that the document uses, and where they are in a test. */
export type Places = { proxy: number; server: number; api: number; files?: Record<string, string> }

/** A file as docs/proxies.md has it, with the ports and paths of the test instead of those of the document. */
export function documented(path: string, { proxy, server, api, files = {} }: Places): string {
  const start = DOCUMENT.indexOf(`\`${path}\`:`)
  const block = /```\w+\n([\s\S]*?)```/.exec(DOCUMENT.slice(start))?.[1]
  if (start < 0 || block === undefined) throw new Error(`docs/proxies.md has no ${path}`)
  const ports: Record<string, number> = { 8080: proxy, 8420: server, 9000: api }
  const placed = block.replace(/\b(?:8080|8420|9000)\b/g, port => String(ports[port]))
  return Object.entries(files).reduce((text, [from, to]) => text.replaceAll(from, to), placed)
}
