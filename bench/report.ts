import type { Budget } from './budget.ts'

/** Requests per second of the clock, how far the rounds lie from the middle, and per second of the server's own processor time. */
export type Measured = { rate: number; spread: number; perCpuSecond: number }
export type Figures = {
  at: string
  machine: string
  node: string
  generator: string
  /** How many processes wanted a core before we began (loadavg, one minute). */
  load: number
  pinned: boolean
  start?: { milliseconds: number; idleMegabytes: number }
  rows: { name: string; bound?: Measured | undefined; peer?: Measured | undefined; ours: Measured }[]
  budget: Budget[]
  signatures: { name: string; rate: number }[]
}

const thousands = (rate: number): string => rate.toLocaleString('en-US')
const shown = (one: Measured | undefined): string =>
  one ? `${thousands(one.rate)} ±${Math.round(one.spread * 100)}%` : ''
/** What each did with a second of its own processor time: says the same on a busy machine, but does not see waiting for the disk. */
const perCpu = (ours: Measured, other: Measured | undefined): string =>
  other ? `${(ours.perCpuSecond / other.perCpuSecond).toFixed(2)}x` : ''
/** Microseconds of the server's processor for one request. */
const micro = (one: Measured | undefined): string => (one ? (1_000_000 / one.perCpuSecond).toFixed(1) : '')
const ratio = (ours: Measured, other: Measured | undefined): string =>
  other ? `${(ours.rate / other.rate).toFixed(2)}x` : ''

/** The figures as the README shows them. */
export function table(figures: Figures): string {
  const lines = [
    `Requests per second on one core (${figures.machine}, Node.js ${figures.node.slice(1)}, ${figures.generator}${figures.pinned ? '' : ', not pinned to cores'}).`,
    '',
    '| | bare Node | oidc-provider 9, in memory | Claviger, durable | to bare | to oidc-provider | processor time, microseconds: bare, peer, ours | to bare | to oidc-provider |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...figures.rows.map(({ name, bound, peer, ours }) =>
      `| ${name} | ${shown(bound)} | ${shown(peer)} | **${thousands(ours.rate)}** ±${Math.round(ours.spread * 100)}% | ${ratio(ours, bound)} | ${ratio(ours, peer)} | ${[bound, peer].map(one => micro(one) || '-').join(', ')}, **${micro(ours)}** | ${perCpu(ours, bound)} | ${perCpu(ours, peer)} |`.replaceAll(
        '|  |',
        '| |',
      ),
    ),
    '',
  ]
  if (figures.load > 1)
    lines.push(
      `The machine had ${figures.load} other processes waiting for its cores meanwhile: read the ratios, not the rates.`,
      '',
    )
  if (figures.start)
    lines.push(
      `Ready ${figures.start.milliseconds} ms after the start of the process; ${figures.start.idleMegabytes} MB resident when idle.`,
      '',
    )
  if (figures.budget.length > 0)
    lines.push(
      '| processor time by part, microseconds | decode | proof of the caller | decide | encode |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...figures.budget.map(
        ({ name, ...parts }) =>
          `| ${name} | ${[parts.decode, parts.prove, parts.decide, parts.encode].map(part => part.toFixed(1)).join(' | ')} |`,
      ),
      '',
    )
  if (figures.signatures.length > 0)
    lines.push(
      '| signatures per second of processor time | |',
      '| --- | ---: |',
      ...figures.signatures.map(({ name, rate }) => `| ${name} | ${thousands(rate)} |`),
      '',
    )
  return lines.join('\n')
}
