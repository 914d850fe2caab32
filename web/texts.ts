/*
 * Reads the visible texts of the console from its source. `said` are the texts that go through `t`, `tx` or `counted`
 * (`src/language/t.ts`), `bare` those that are shown as they stand, so that no other language can replace them.
 */
import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

type Node = { type: string; start: number } & Record<string, unknown>
export type Texts = { said: string[]; bare: string[] }

/** Attributes whose text people see or hear. */
const VISIBLE =
  /^(?:label|title|placeholder|description|lead|head|tab|alt|text|aria-label|otherwise|heading|summary|hint|confirm|verb|what|error|empty)$/
/** Technical words that are the same in every language, commands, and ways to write no text at all. */
const NO_WORD =
  /^(?:[\W\d_]*|\/\S*|https?:.*|[A-Z]{2}\d{3}|EdDSA|p\d+|Claviger|claviger .*|curl|JSON|CSV|PNG|SVG|API|OAuth|OpenID|MCP|ID|JWT|JavaScript|Python|GitHub Actions|[\w.-]+[:=]\S+)$/
const isSentence = (text: string): boolean =>
  /\p{L}{2,}\S* .*\p{L}/su.test(text) &&
  !/^(?:\.|\[|[^.]*\[[\w-]+[=\]]|@|M-?\d|var\(|clv_|[\w-]+:\S|claviger )/.test(text)

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** The texts an argument can be: a literal, or one of two in a condition. */
function literals(node: unknown): string[] {
  if (!isNode(node)) return []
  if (node.type === 'Literal' && typeof node['value'] === 'string') return [node['value']]
  if (node.type === 'ConditionalExpression') return [...literals(node['consequent']), ...literals(node['alternate'])]
  if (node.type === 'LogicalExpression') return [...literals(node['left']), ...literals(node['right'])]
  return []
}

function spokenBy(call: Node): string[] {
  const name = (call['callee'] as Node)['name']
  const [first, second, third] = call['arguments'] as unknown[]
  if (name === 't' || name === 'tx') return literals(first)
  const [one, many] = [literals(second), literals(third)]
  return [...one, ...(third ? many : one.map(word => `${word}s`))]
}

const isSpeaker = (node: Node): boolean =>
  node.type === 'CallExpression' && ['t', 'tx', 'counted'].includes(String((node['callee'] as Node)['name']))

function walk(node: unknown, texts: Texts): void {
  if (Array.isArray(node)) for (const one of node) walk(one, texts)
  if (!isNode(node)) return
  const { type } = node
  if (/^(?:ImportDeclaration|TSLiteralType|TSTypeAliasDeclaration|TSInterfaceDeclaration|NewExpression)$/.test(type))
    return
  // Programs and commands are the same in every language.
  if (type === 'Property' && /^(?:code|command)$/.test(String((node['key'] as Node)['name']))) return
  if (isSpeaker(node)) {
    texts.said.push(...spokenBy(node))
    walk(
      (node['arguments'] as unknown[]).filter(one => literals(one).length === 0),
      texts,
    )
    return
  }
  const add = (text: string) => !NO_WORD.test(text.trim()) && texts.bare.push(text.replace(/\s+/g, ' ').trim())
  if (type === 'JSXText') add(String(node['value']))
  else if (type === 'JSXAttribute') {
    const name = String((node['name'] as Node)['name'])
    const value = node['value']
    if (VISIBLE.test(name) && isNode(value))
      literals(value.type === 'JSXExpressionContainer' ? value['expression'] : value).map(add)
    else if (!VISIBLE.test(name) && isNode(value) && value.type === 'Literal') return
  } else if (type === 'Property' && VISIBLE.test(String((node['key'] as Node)['name'])))
    literals(node['value']).map(add)
  else if (type === 'Literal' && typeof node['value'] === 'string' && isSentence(node['value'])) add(node['value'])
  else if (type === 'TemplateLiteral') {
    const whole = (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…')
    if (isSentence(whole)) add(whole)
  }
  for (const child of Object.values(node)) walk(child, texts)
}

export function textsOf(file: string): Texts {
  const texts: Texts = { said: [], bare: [] }
  walk(parseSync(file, readFileSync(file, 'utf8')).program, texts)
  return { said: [...new Set(texts.said)], bare: [...new Set(texts.bare)] }
}
