import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { command, emptyFolder, startCommand } from '../kit/command.ts'

const root = join(import.meta.dirname, '..', '..')
const quietly = { stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[], encoding: 'utf8' as const }

test('the packed tarball, installed in an empty folder, runs, serves, and can be imported', async () => {
  await using folder = await emptyFolder()
  const place = join(folder.path, 'app')
  mkdirSync(place)
  execFileSync(process.execPath, [join(root, 'packaging', 'build.ts')], { cwd: root, ...quietly })
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder.path], { cwd: root, ...quietly })
  const tarball = readdirSync(folder.path).find(name => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(place, 'package.json'), '{ "name": "app", "private": true, "type": "module" }')
  const install = ['install', '--prefer-offline', '--omit=dev', '--no-audit', '--no-fund', join(folder.path, tarball)]
  execFileSync('npm', install, { cwd: place, ...quietly })

  const installed = join(place, 'node_modules', 'claviger')
  const [shown, binary] = [readdirSync(installed), join(installed, 'bin', 'claviger')]
  for (const secret of ['src', 'test', 'claviger-data', 'node_modules']) assert.ok(!shown.includes(secret), secret)

  const manner = { binary, cwd: place }
  const version = await command(['version', '--json'], manner)
  assert.match(String(version.json['version']), /^\d+\.\d+\.\d+/)
  await using server = await startCommand([], manner)
  const made = await command(['user', 'create', '--handle', 'ada', '--json'], manner)
  assert.equal(made.code, 0, made.stderr)
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200)
  assert.equal((await fetch(`${server.url}/login`)).status, 200)
  assert.equal(await server.stop(), 0)

  writeFileSync(join(place, 'embed.js'), EMBED)
  const embedded = execFileSync(process.execPath, ['embed.js'], { cwd: place, ...quietly })
  assert.equal(embedded.trim(), 'alive guard function')
})

const EMBED = `
import { createServer } from 'claviger'
import * as guard from 'claviger/guard'
const server = await createServer({ settings: { dataDir: './embedded', port: '0' } })
const answer = await fetch(server.url + '/livez')
console.log((await answer.text()).trim(), 'guard', typeof Object.values(guard)[0])
await server.stop()
`
