import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '../kit/free-port.ts'
import { api, issue, person } from '../kit/house.ts'
import { testServer } from '../kit/server.ts'
import { MORE_TYPES } from './guard-types.ts'
import { installedGuard, lend, quietly, root, runtimes, samplesIn, whileRunning } from './installed-guard.ts'

/* The samples of the README files as they stand there: pasted, compiled in strict mode, and run against a real server. */

const guard = await installedGuard()
after(() => guard[Symbol.asyncDispose]())
const MCP = ['@modelcontextprotocol/server', '@hono/node-server']
const FRAMEWORKS = ['express', 'fastify', 'hono', 'koa', '@nestjs/common', 'rxjs', 'reflect-metadata', ...MCP]
lend(guard, ...FRAMEWORKS, '@types/express', '@types/koa', '@types/node')

const documents = ['README.md', 'packaging/guard-readme.md'].map(path => readFileSync(join(root, path), 'utf8'))
const samples = documents.flatMap(samplesIn).filter(({ language }) => language === 'js' || language === 'ts')
const programs = samples.filter(({ text }) => text.includes('app.listen(') || text.includes('process.env.PORT'))

for (const node of runtimes())
  describe(`samples with Node.js ${execFileSync(node, ['--version'], quietly).trim()}`, () => {
    for (const [i, { text }] of programs.entries()) {
      const kind = text.includes('require(') ? 'cjs' : 'mjs'
      const isMcp = text.includes('McpServer')
      const about = isMcp ? 'MCP' : /@claviger\/guard\/(\w+)/.exec(text)?.[1]
      test(`${i + 1}: ${about} as ${kind}: no credential 401, another scope 403, a good one 200`, async () => {
        await using server = await testServer()
        const port = await freePort()
        const address = `http://127.0.0.1:${port}/${isMcp ? 'mcp' : 'things'}`
        const scope = isMcp ? 'notes:read' : 'read'
        const audience = isMcp ? address : undefined
        const { url, clientId, clientSecret } = await api(server, audience, { scopes: [scope, 'write'] })
        const user = await person(server.world)
        const good = await issue(server.world, 'application-token', user, [scope])
        const other = await issue(server.world, 'application-token', user, ['write'])
        const file = join(guard.place, `sample.${i}.${kind}`)
        writeFileSync(file, text)
        const env = {
          CLAVIGER_URL: url,
          CLAVIGER_CLIENT_ID: clientId,
          CLAVIGER_CLIENT_SECRET: clientSecret,
          ...(isMcp && { ADDRESS: address }),
        }
        await whileRunning([node, file, port], env, async () => {
          const status = async (token?: string) => {
            const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
            const answer = await fetch(address, isMcp ? callOf(headers) : { headers })
            await answer.text()
            return answer.status
          }
          assert.deepEqual(
            [await status(), await status(other.presented), await status(good.presented)],
            [401, 403, 200],
          )
        })
      })
    }

    test('the sample with an issuer in memory is a test that passes', () => {
      const { text } = samples.find(one => one.text.includes('/testing')) ?? assert.fail('no such sample')
      const file = join(guard.place, 'things.test.mjs')
      writeFileSync(file, text)
      execFileSync(node, ['--test', file], { ...quietly, env: {} })
    })

    test('jose is found when the first JWT is checked, from CommonJS, too', async () => {
      await using server = await testServer()
      const audience = 'https://jwt.example'
      const { url, clientId, clientSecret } = await api(server, audience, { tokenFormat: 'jwt' })
      const file = join(guard.place, 'offline.cjs')
      writeFileSync(file, OFFLINE)
      const forged = ['{"alg":"ES256","typ":"at+jwt","kid":"x"}', '{}', 'x'].map(part =>
        Buffer.from(part).toString('base64url'),
      )
      const { stdout } = await promisify(execFile)(node, [file], {
        env: {
          CLAVIGER_URL: url,
          CLAVIGER_CLIENT_ID: clientId,
          CLAVIGER_CLIENT_SECRET: clientSecret,
          AUDIENCE: audience,
          TOKEN: forged.join('.'),
        },
      })
      assert.equal(stdout.trim(), '401')
    })
  })

describe('types in strict mode', () => {
  const files: string[] = []
  for (const extension of ['mts', 'cts'])
    for (const [i, text] of [...samples.map(({ text }) => text), MORE_TYPES].entries()) {
      if (text.includes('require(')) continue
      const name = `${text.includes('@nestjs/') ? 'nest' : 'types'}.${i}.${extension}`
      writeFileSync(join(guard.place, name), text)
      files.push(name)
    }
  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const)
    for (const exactOptionalPropertyTypes of [true, false])
      test(`every sample compiles: ${moduleResolution}, ${exactOptionalPropertyTypes ? 'exact' : 'usual'} optional properties`, () => {
        const config = join(guard.place, 'tsconfig.json')
        // Nest is an ES module, which CommonJS cannot load under the rules of node16.
        const readable = files.filter(file => module !== 'node16' || !/^nest.*\.cts$/.test(file))
        const strictness = {
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes,
          skipLibCheck: true,
        }
        const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true }
        const compilerOptions = {
          module,
          moduleResolution,
          ...strictness,
          ...decorators,
          target: 'es2022',
          noEmit: true,
          types: ['node'],
        }
        writeFileSync(config, JSON.stringify({ compilerOptions, files: readable }))
        compile(config)
      })

  test('the declarations themselves hold, library checks included', () => {
    const config = join(guard.place, 'tsconfig.json')
    const compilerOptions = {
      module: 'node16',
      strict: true,
      skipLibCheck: false,
      target: 'es2022',
      noEmit: true,
      types: ['node'],
    }
    writeFileSync(
      config,
      JSON.stringify({ compilerOptions, include: ['node_modules/@claviger/guard/*/*.d.ts'], exclude: [] }),
    )
    compile(config)
  })
})

function compile(config: string): void {
  try {
    execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', config], { cwd: guard.place, ...quietly })
  } catch (error) {
    assert.fail((error as { stdout?: string }).stdout || String(error))
  }
}

/** A call of MCP, as every client sends it. */
const callOf = (headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } }),
})

const OFFLINE = `
const { guard } = require('@claviger/guard')
const protect = guard({ jwt: 'offline', audience: process.env.AUDIENCE })
const request = new Request('http://api.example/', { headers: { authorization: 'Bearer ' + process.env.TOKEN } })
protect(() => new Response())(request).then(async answer => {
  console.log(answer.status)
  await protect.close()
})
`
