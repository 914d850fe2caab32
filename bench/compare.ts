import { resolve } from 'node:path'
import { load } from './load.ts'
import type { startSubject } from './subject.ts'

/*
 * `npm run bench:compare -- OTHER [ASK...]`: what requests cost in this source tree and in another one (a git worktree with
 * its packages), by turns, so that a busy machine disturbs both alike. Microseconds of the server's processor, the middle
 * of the rounds and the least of them; the least is the better figure on a busy machine.
 */

const ROUNDS = 9
const SECONDS = 1
const WARM_UP_SECONDS = 4

const [other, ...given] = process.argv.slice(2)
if (other === undefined) throw new Error('Name the folder of the other source tree.')
const asks = given.length > 0 ? given : ['opaque', 'jwt', 'introspect', 'verify']

const trees = [resolve(other), resolve(import.meta.dirname, '..')]
const subjects: Awaited<ReturnType<typeof startSubject>>[] = []
try {
  for (const tree of trees) {
    const { startSubject: start } = (await import(`${tree}/bench/subject.ts`)) as { startSubject: typeof startSubject }
    subjects.push(await start('claviger'))
  }
  console.log('| processor time, microseconds | other: middle, least | this: middle, least | this to other |')
  console.log('| --- | ---: | ---: | ---: |')
  for (const ask of asks) console.log(await compared(ask))
} finally {
  for (const subject of subjects) await subject.stop()
}

async function compared(name: string): Promise<string> {
  const cost = async (subject: (typeof subjects)[number], seconds: number): Promise<number> => {
    const ask = subject.asks[name]
    if (!ask) throw new Error(`No request is named ${name}.`)
    const before = subject.cpuSeconds()
    const { count } = await load(subject.url, ask, seconds)
    return ((subject.cpuSeconds() - before) / count) * 1e6
  }
  const rounds = subjects.map(() => [] as number[])
  for (const subject of subjects) await cost(subject, WARM_UP_SECONDS)
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, subject] of subjects.entries()) rounds[i]?.push(await cost(subject, SECONDS))
  const [before, now] = rounds.map(all => {
    const sorted = all.sort((a, b) => a - b)
    return { middle: sorted[ROUNDS >> 1] as number, least: sorted[0] as number }
  }) as [Seen, Seen]
  const shown = ({ middle, least }: Seen) => `${middle.toFixed(1)}, ${least.toFixed(1)}`
  return `| ${name} | ${shown(before)} | ${shown(now)} | ${(now.middle / before.middle).toFixed(2)} |`
}

type Seen = { middle: number; least: number }
