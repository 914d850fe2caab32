import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Ask } from './ask.ts'
import { LOAD_CORE, PINNED } from './subject.ts'

/* Requests as fast as they are answered, from a process of its own. */

const CONNECTIONS = 64
const run = promisify(execFile)
export const GENERATOR = spawnSync('wrk', ['-v']).error ? 'autocannon' : 'wrk'

export type Answered = { count: number; rate: number }

/** Requests answered, and per second. A refused one ends the benchmark: a fast no is no figure. */
export async function load(url: string, ask: Ask, seconds: number): Promise<Answered> {
  const [program = '', ...parameters] = GENERATOR === 'wrk' ? wrk(url, ask, seconds) : autocannon(url, ask, seconds)
  const pinned = PINNED ? ['taskset', '-c', LOAD_CORE, program, ...parameters] : [program, ...parameters]
  const { stdout } = await run(pinned[0] as string, pinned.slice(1), { maxBuffer: 64 * 1024 * 1024 })
  return GENERATOR === 'wrk' ? readWrk(stdout, ask) : readAutocannon(stdout, ask)
}

function wrk(url: string, ask: Ask, seconds: number): string[] {
  const lua = (text: string) => `[==[${text}]==]`
  const headers = Object.entries(ask.headers).map(([name, value]) => `[ ${lua(name)} ]=${lua(value)}`)
  const script = join(mkdtempSync(join(tmpdir(), 'claviger-load-')), 'requests.lua')
  writeFileSync(
    script,
    `local all, next = {}, 0
function init()
  for i, body in ipairs({${ask.bodies.map(lua).join(',')}}) do
    all[i] = wrk.format(${lua(ask.method)}, ${lua(ask.path)}, {${headers.join(',')}}, body)
  end
end
function request()
  next = next % #all + 1
  return all[next]
end`,
  )
  return ['wrk', '-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', script, url]
}

function readWrk(output: string, ask: Ask): Answered {
  // A slow answer on a busy machine (`timeout`) is counted like any other.
  const refused = /Non-2xx or 3xx responses: \d+|Socket errors: (?!connect 0, read 0, write 0).*/.exec(output)
  if (refused) throw new Error(`${ask.path}: ${refused[0]}`)
  return {
    count: Number(/(\d+) requests in/.exec(output)?.[1]),
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]),
  }
}

function autocannon(url: string, ask: Ask, seconds: number): string[] {
  const requests = ask.bodies.map(body => ({ method: ask.method, path: ask.path, headers: ask.headers, body }))
  const code = `const run = require('autocannon')
run({ url: ${JSON.stringify(url)}, connections: ${CONNECTIONS}, duration: ${seconds}, requests: ${JSON.stringify(requests)} })
  .then(r => console.log(JSON.stringify({ count: r.requests.total, rate: r.requests.total / r.duration, refused: r.non2xx + r.errors })))`
  return [process.execPath, '--input-type=commonjs', '-e', code]
}

function readAutocannon(output: string, ask: Ask): Answered {
  const { count, rate, refused } = JSON.parse(output) as Answered & { refused: number }
  if (refused > 0) throw new Error(`${ask.path}: ${refused} requests were refused`)
  return { count, rate }
}
