import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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
  if (ask.sent) return chained(url, ask, seconds)
  const [program = '', ...parameters] = GENERATOR === 'wrk' ? wrk(url, ask, seconds) : autocannon(url, ask, seconds)
  const stdout = await runPinned(program, parameters)
  return GENERATOR === 'wrk' ? readWrk(stdout, ask) : readAutocannon(stdout, ask)
}

async function runPinned(program: string, parameters: string[]): Promise<string> {
  const [first = '', ...rest] = [...(PINNED ? ['taskset', '-c', LOAD_CORE] : []), program, ...parameters]
  return (await run(first, rest, { maxBuffer: 64 * 1024 * 1024 })).stdout
}

/** So many of what can be sent once go into one round. */
const ONCE = 1500

/** The bodies that are left, and those that the answers led to, wait in the same list for the next round. */
async function chained(url: string, ask: Ask, seconds: number): Promise<Answered> {
  const bodies = ask.sent === 'once' ? ask.bodies.splice(0, ONCE) : ask.bodies.splice(0)
  if (bodies.length === 0) throw new Error(`${ask.path}: nothing is left to be sent`)
  const folder = mkdtempSync(join(tmpdir(), 'claviger-load-'))
  const file = join(folder, 'ask.json')
  writeFileSync(file, JSON.stringify({ ...ask, bodies }))
  const chain = join(import.meta.dirname, 'chain.ts')
  const answered = JSON.parse(await runPinned(process.execPath, [chain, url, String(seconds), file])) as Answered & {
    bodies: string[]
  }
  if (ask.sent === 'in chains') ask.bodies.push(...answered.bodies)
  return { count: answered.count, rate: answered.rate }
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
  const code = `const run = require(${JSON.stringify(createRequire(import.meta.url).resolve('autocannon'))})
run({ url: ${JSON.stringify(url)}, connections: ${CONNECTIONS}, duration: ${seconds}, requests: ${JSON.stringify(requests)} })
  .then(r => console.log(JSON.stringify({ count: r.requests.total, rate: r.requests.total / r.duration, refused: r.non2xx + r.errors - r.timeouts, seen: r.statusCodeStats, errors: r.errors })))`
  // A thousand bodies are more than a command line takes.
  const script = join(mkdtempSync(join(tmpdir(), 'claviger-load-')), 'requests.cjs')
  writeFileSync(script, code)
  return [process.execPath, script]
}

function readAutocannon(output: string, ask: Ask): Answered {
  // A slow answer on a busy machine (`timeouts`) is counted like any other.
  const { count, rate, refused, ...how } = JSON.parse(output) as Answered & { refused: number }
  if (refused > 0) throw new Error(`${ask.path}: ${refused} requests were refused: ${JSON.stringify(how)}`)
  return { count, rate }
}
