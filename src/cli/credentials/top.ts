import { setTimeout } from 'node:timers/promises'
import type { Answer as Told } from '../../server/management.ts'
import { printable } from '../output/answer.ts'
import type { Call, Noun } from '../program/command.ts'

const CLEAR = '\u001b[2J\u001b[H'

export const top: Noun = {
  verbs: [
    {
      at: '',
      about: 'Show who calls and who is refused, again every few seconds, until you press q or Ctrl-C',
      examples: ['claviger top', 'claviger top --since 1h --every 5s', 'claviger top --rounds 1'],
      options: [
        { flags: '--since <time>', about: 'length of the past time to show, such as 30s or 1h (default: 5m)' },
        { flags: '--every <time>', about: 'time between two updates, such as 5s or 1m (default: 2s)' },
        {
          flags: '--rounds <count>',
          about: 'number of updates after which the command ends, such as 1 (default: no end)',
        },
      ],
      async run(call) {
        const { options } = call
        const [every, since] = [options.duration('every') ?? 2, options.duration('since') ?? 300]
        const rounds = options.whole('rounds', 1, 1_000_000) ?? Number.POSITIVE_INFINITY
        const live = Boolean(process.stdout.isTTY && process.stdin.isTTY)
        const ended = new AbortController()
        if (live) endOnKey(ended)
        for (let round = 1; !ended.signal.aborted; round++) {
          const block = await look(call, since)
          process.stdout.write(live ? `${CLEAR}${block}\nq ends` : `${block}\n`)
          if (round >= rounds) break
          await setTimeout(every * 1000, undefined, { signal: ended.signal }).catch(() => {})
        }
        if (live) process.stdin.setRawMode(false).pause()
        return { json: undefined, text: '' }
      },
    },
  ],
}

function endOnKey(ended: AbortController): void {
  process.stdin.setRawMode(true).resume()
  process.stdin.on('data', key => {
    if (['q', 'Q', '\u0003'].includes(String(key))) ended.abort()
  })
}

async function look({ manage }: Call, since: number): Promise<string> {
  const range = { since: Math.floor(Date.now() / 1000) - since }
  const [uses, refusals, all] = await Promise.all([
    manage('topCredentials', { query: { ...range, by: 'uses', limit: 10 } }),
    manage('topCredentials', { query: { ...range, by: 'refusals', limit: 10 } }),
    manage('readUsage', { query: { ...range, bucket: 'minute' } }),
  ])
  const sum = (fits: (outcome: string) => boolean) =>
    all.items.filter(({ outcome }) => fits(outcome)).reduce((total, { count }) => total + count, 0)
  return [
    `${new Date().toLocaleTimeString()}  last ${Math.round(since / 60)} min: ${sum(one => one === 'valid')} passed, ${sum(one => one !== 'valid')} refused`,
    '',
    ...section('calls', uses),
    '',
    ...section('refused', refusals),
  ].join('\n')
}

function section(title: string, { items }: Told<'topCredentials'>): string[] {
  if (items.length === 0) return [`${title}: none`]
  return [`${title}:`, ...items.map(one => `${String(one.count).padStart(8)}  ${printable(calledIn(one))}`)]
}

function calledIn({ credential, grant, client }: Told<'topCredentials'>['items'][number]): string {
  if (credential)
    return `${credential.name ?? credential.kind} (${credential.hint}) of ${credential.owner?.name ?? credential.client?.name ?? '-'}`
  return grant ? `${grant.client.name} for ${grant.user?.name ?? '-'}` : `${client?.name ?? '-'} for itself`
}
