import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CLIENT_METHODS } from '../../src/core/oauth/client-methods/client-methods.ts'
import { GRANTS } from '../../src/core/oauth/grants/grants.ts'
import { GRANT_TYPES } from '../../src/model/clients/client.ts'

/* Parts of OAuth that introduce themselves: what they say of themselves is what they do. */

/** Parameters of which every one is there, and which were read. */
function recording() {
  const read = new Set<string>()
  const value = (name: string) => {
    read.add(name)
    return name
  }
  return { read, parameters: { one: value, required: value, all: (name: string) => [value(name)] } }
}

test('each grant type that a client may have is in the list once', () => {
  assert.deepEqual(GRANTS.map(({ name }) => name).toSorted(), [...GRANT_TYPES].toSorted())
})

for (const grant of GRANTS)
  test(`${grant.name} reads the parameters that it lists, and no others`, () => {
    const { read, parameters } = recording()
    grant.read(parameters)
    assert.deepEqual([...read].toSorted(), [...grant.parameters].toSorted())
  })

for (const method of CLIENT_METHODS)
  test(`${method.name} reads the parameters that it lists, and no others`, () => {
    const { read, parameters } = recording()
    method.read({ basic: { user: 'u', password: 'p' }, parameters })
    assert.deepEqual([...read].toSorted(), [...method.parameters].toSorted())
  })

test('schemes, token types and algorithms are written in their tables alone', () => {
  const root = join(import.meta.dirname, '..', '..')
  const LITERAL = /['"`](Bearer|Basic|ES256|RS256|EdDSA)(?= realm| error|['"`])/
  const found = globSync('src/{core,http,wire,guard,server}/**/*.ts', { cwd: root })
    .filter(file => !file.endsWith('.test.ts'))
    .flatMap(file =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, i) =>
          LITERAL.test(line) && !/^\s*(\*|\/\*|\/\/)/.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [],
        ),
    )
  assert.deepEqual(found, [], 'take them from model/credentials/scheme.ts or model/credentials/signing-algorithm.ts')
})
