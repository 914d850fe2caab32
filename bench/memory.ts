import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ask } from './ask.ts'
import { GENERATOR, load } from './load.ts'
import { startSubject } from './subject.ts'

/*
 * `npm run bench:memory`: the resident memory of the server during five minutes of full load. `npm run bench:memory -- 10`
 * takes ten seconds and writes no report.
 */

const ASKS = ['opaque', 'jwt', 'introspect', 'verify', 'refresh'] as const
const ROUND_SECONDS = 2
const USUAL_SECONDS = 300
const STEPS = 10

const [given] = process.argv.slice(2)
const seconds = given === undefined ? USUAL_SECONDS : Number(given)
const rows: { after: number; requests: number; megabytes: number }[] = []
const subject = await startSubject('claviger')
try {
  const idle = subject.memory()
  rows.push({ after: 0, requests: 0, megabytes: idle })
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1000
  let requests = 0
  for (let step = 1; step <= STEPS; step++) {
    for (let i = 0; passed() < (seconds * step) / STEPS; i++) {
      const ask = subject.asks[ASKS[i % ASKS.length] as string] as Ask
      requests += (await load(subject.url, ask, ROUND_SECONDS)).count
    }
    rows.push({ after: Math.round(passed()), requests, megabytes: subject.memory() })
  }
} finally {
  await subject.stop()
}

const report = [
  `Resident memory under full load: ${ASKS.join(', ')} in turn (Node.js ${process.version.slice(1)}, ${GENERATOR}, SQLite).`,
  '',
  '| after seconds | requests | MB |',
  '| ---: | ---: | ---: |',
  ...rows.map(({ after, requests, megabytes }) => `| ${after} | ${requests.toLocaleString('en-US')} | ${megabytes} |`),
  '',
].join('\n')
if (given === undefined) writeFileSync(join(import.meta.dirname, 'results', 'memory.md'), report)
console.log(report)
