/*
 * Lists the visible texts of the console and of the server-rendered pages, file by file: `npm run sentences`. For reading
 * them once as a whole. Texts without a letter and a space, or with the form of code, are left out.
 */
import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

type Node = { type: string; value?: unknown; start: number } & Record<string, unknown>

const isSentence = (text: string): boolean =>
  /\p{L}{2,}.* .*\p{L}/su.test(text) && !/^(\.|@|var\(|clv_|[\w-]+:\S)/.test(text)

function textsOf(node: unknown, found: { at: number; text: string }[]): void {
  if (Array.isArray(node)) for (const one of node) textsOf(one, found)
  if (typeof node !== 'object' || node === null || !('type' in node)) return
  const { type, value, start } = node as Node
  if (type === 'ImportDeclaration' || type === 'TSLiteralType') return
  if (type === 'JSXText' || (type === 'Literal' && typeof value === 'string'))
    found.push({ at: start, text: String(value) })
  // The values in between are shown as an ellipsis.
  if (type === 'TemplateLiteral') {
    const quasis = (node as unknown as { quasis: { value: { cooked: string } }[] }).quasis
    found.push({ at: start, text: quasis.map(({ value: { cooked } }) => cooked).join('…') })
  }
  for (const child of Object.values(node)) textsOf(child, found)
}

const files = globSync(['web/src/**/*.{ts,tsx}', 'src/wire/ui/words/**/*.ts', 'src/model/sentences/*.ts']).sort()
for (const file of files.filter(name => !/\.test\.ts$|-de\.ts$/.test(name))) {
  const found: { at: number; text: string }[] = []
  textsOf(parseSync(file, readFileSync(file, 'utf8')).program, found)
  const lines = found.map(({ text }) => text.replace(/\s+/g, ' ').trim()).filter(isSentence)
  if (lines.length > 0) console.log(`\n${file}\n${[...new Set(lines)].map(line => `  ${line}`).join('\n')}`)
}
