import { DAY, HOUR, MINUTE } from '../span.ts'

/* Groups of settings, by the names of their variables. A variable that matches no pattern is in the last group. */

const GROUPS: readonly (readonly [title: string, lead: string, pattern: RegExp])[] = [
  ['Addresses and networks', 'How this server is reached, and what it may reach.', /_(HOST|PORT|URL|TRUST_|OUTBOUND_)/],
  ['Storage and keys', 'Where data lives, and the key that seals it.', /_(DATA_|DATABASE_|MASTER_)/],
  ['People', 'Accounts, passwords and the look of their pages.', /_(REGISTRATION|STAFF_|PASSWORD_|BRAND_)/],
  [
    'Older systems',
    'Each opens addresses of an older system. Switch off what nobody uses.',
    /_(DIALECT|ZEBBRA_|TOKENAPI_|API_KEY_)/,
  ],
  ['Lifetimes', 'How long tokens and codes work.', /_(SECONDS|MINUTES|DAYS)$/],
  [
    'OAuth',
    'What applications must do, and may ask for.',
    /_(SCOPES|CONFIDENTIAL_|REQUIRE_|ASSERTION_|CLIENT|DYNAMIC|DCR|CIMD|OIDC|LOGOUT|ISSUER|REGISTER|DEVICE)/,
  ],
  ['Operation', 'Processes, logs and limits.', /_(ENV|LOG_|METRICS_|DRAIN_|WORKERS|LIMITS|JOURNAL_)/],
  ['Other', '', /./],
]

/** The drain belongs to "Operation", although its variable ends like those of lifetimes. */
const groupOf = (variable: string) =>
  GROUPS.findIndex(([title, , pattern]) =>
    variable.includes('_DRAIN_') ? title === 'Operation' : pattern.test(variable),
  )

export function grouped<Item extends { variable: string }>(items: readonly Item[]) {
  const groups = GROUPS.map(([title, lead], at) => ({
    title,
    lead,
    items: items.filter(({ variable }) => groupOf(variable) === at),
  }))
  return groups.filter(group => group.items.length > 0)
}

const UPPER = /^(url|pkce|par|api|oidc|jwt)$/

/** `CLAVIGER_REQUIRE_PAR` becomes "Require PAR". */
export function titleOf(variable: string): string {
  const words = variable.replace('CLAVIGER_', '').toLowerCase().split('_')
  const text = words.map(word => (UPPER.test(word) ? word.toUpperCase() : word)).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const SPANS = { SECONDS: 'second', MINUTES: 'minute', DAYS: 'day' } as const
const STEPS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const

/** A number of seconds in the largest unit that divides it, as in "30 days". */
export function showValue(variable: string, value: string): string {
  const unit = SPANS[variable.slice(variable.lastIndexOf('_') + 1) as keyof typeof SPANS]
  if (unit === undefined || !/^\d+$/.test(value)) return value
  const [name, length] =
    unit === 'second' ? (STEPS.find(([, step]) => Number(value) % step === 0) ?? [unit, 1]) : [unit, 1]
  return Number(value) === 0
    ? 'none'
    : new Intl.NumberFormat('en', { style: 'unit', unit: name, unitDisplay: 'long' }).format(Number(value) / length)
}
