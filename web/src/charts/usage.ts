import type { Answer } from '../../../src/wire/admin/contract.ts'
import { counted, t } from '../language/t.ts'
import { KINDS, kindLabel, reasonInWords } from '../show/value/words.ts'
import { kindHref } from './leads.ts'
import { barsOf, type Plot, share, sum } from './plot.ts'

/* Requests by kind and by outcome. */

export type Usage = Answer<'readUsage'>

const KIND_COLORS: Readonly<Record<string, string>> = {
  application_token: 'accent-6',
  api_key: 'blue-6',
  access_token: 'violet-6',
  user_token: 'orange-6',
  token_pair: 'pink-6',
}
const REASON_COLORS = ['red-7', 'orange-6', 'yellow-6', 'grape-6']

const inSentenceCase = (text: string): string => (text.charAt(0).toUpperCase() + text.slice(1)).replaceAll('_', ' ')

/** The names with their counts, the largest first. */
function ranked<Item extends { count: number }>(items: readonly Item[], nameOf: (item: Item) => string) {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + item.count)
  return [...counts].sort((a, b) => b[1] - a[1])
}
const refusalsOf = ({ items }: Usage) =>
  ranked(
    items.filter(({ outcome }) => outcome !== 'valid'),
    ({ outcome }) => outcome,
  )

export function byKind(usage: Usage): Plot {
  const series = Object.keys(KINDS)
    .filter(name => usage.items.some(({ kind }) => kind === name))
    .map(name => ({ name, label: kindLabel(name), color: KIND_COLORS[name] ?? 'gray-6', href: kindHref(name) }))
  return barsOf(usage, series, ({ kind }) => kind)
}

/** Counts of valid checks, and of refused ones by reason. Rare reasons share one series. */
export function byOutcome(usage: Usage): Plot {
  const reasons = refusalsOf(usage).map(([reason]) => reason)
  const most = REASON_COLORS.length
  const named = reasons.length > most ? reasons.slice(0, most - 1) : reasons
  const series = [
    { name: 'valid', label: t('Valid'), color: 'accent-6' },
    ...named.map((name, i) => ({ name, label: inSentenceCase(t(name)), color: REASON_COLORS[i] ?? 'gray-6' })),
    ...(named.length < reasons.length ? [{ name: 'other', label: t('Other refusals'), color: 'gray-6' }] : []),
  ]
  return barsOf(usage, series, ({ outcome }) => (series.some(({ name }) => name === outcome) ? outcome : 'other'))
}

export const validOf = ({ items }: Usage): number => sum(items.filter(({ outcome }) => outcome === 'valid'))

/** The sentence that describes the chart. */
export function sayOutcome(usage: Usage, when: string): string {
  const total = sum(usage.items)
  if (total === 0) return t('No requests {when}.', { when })
  const [top] = refusalsOf(usage)
  const values = { requests: counted(total, 'request'), when, share: share(validOf(usage), total) }
  return top
    ? t('{requests} {when}, {share} accepted; most refusals: {reason}.', { ...values, reason: reasonInWords(top[0]) })
    : t('{requests} {when}, {share} accepted.', values)
}

export function sayKind(usage: Usage, when: string): string {
  const total = sum(usage.items)
  const [top] = ranked(usage.items, ({ kind }) => kind)
  if (!top) return t('No requests {when}.', { when })
  const [kind, count] = top
  return t('{requests} {when}; most of them: {kinds} ({share}).', {
    requests: counted(total, 'request'),
    when,
    kinds: KINDS[kind as keyof typeof KINDS]?.plural ?? kind,
    share: share(count, total),
  })
}
