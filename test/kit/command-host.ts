import { Readable } from 'node:stream'
import { NOUNS } from '../../src/cli/program/nouns.ts'
import { runProgram } from '../../src/cli/program/program.ts'
import { readVersion } from '../../src/server/settings/version.ts'
import './disk.ts'
import './key-pairs.ts'
import { BINARY } from './command.ts'
import type { Order, Said } from './warm-command.ts'

/* Runs one command line after another in this process, each with its own settings, folder and streams, until its parent ends. */

process.on('message', async ({ words, env, cwd, input }: Order) => {
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.argv = [process.execPath, BINARY, ...words]
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true })
  const said: Said = { code: 0, stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (text: string | Uint8Array, ...rest: unknown[]) => {
      said[name] += typeof text === 'string' ? text : Buffer.from(text).toString()
      const written = rest.at(-1)
      if (typeof written === 'function') setImmediate(() => written())
      return true
    }
  said.code = await runProgram(NOUNS, readVersion(), [...words])
  process.chdir('/')
  process.send?.(said)
})

process.on('disconnect', () => process.exit())
