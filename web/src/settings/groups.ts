import { language } from '../language/language.ts'
import { t } from '../language/t.ts'
import { DAY, HOUR, MINUTE } from '../span.ts'

/* Groups of settings, by the names of their variables. A variable that matches no pattern is in the last group. */

type Group = { title: string; lead: string; pattern: RegExp; dialects?: true }
const GROUPS: readonly Group[] = [
  {
    title: t('Addresses and networks'),
    lead: t('The addresses of this server, and those to which it may send requests.'),
    pattern: /^(HOST|PORT|URL|TRUST_|OUTBOUND_)/,
  },
  {
    title: t('Storage and keys'),
    lead: t('Where data is stored, and the key that encrypts secrets in it.'),
    pattern: /^(DATA_|DATABASE_|MASTER_)/,
  },
  {
    title: t('People'),
    lead: t('Accounts, passwords, and the look of the pages for signing in.'),
    pattern: /^(REGISTRATION|STAFF_|PASSWORD_|BRAND_)/,
  },
  {
    title: t('Older systems'),
    lead: t('Each one opens the addresses of an older system. Turn off those that are not in use.'),
    pattern: /^(DIALECT|ZEBBRA_|TOKENAPI_|API_KEY_)/,
    dialects: true,
  },
  // `DRAIN_SECONDS` ends like a lifetime, but belongs to the group "Operation".
  {
    title: t('Lifetimes'),
    lead: t('How long tokens and codes are valid.'),
    pattern: /(?<!DRAIN)_(SECONDS|MINUTES|DAYS)$/,
  },
  {
    title: 'OAuth',
    lead: t('What applications must do, and what they may request.'),
    pattern: /^(SCOPES|OPENID|CONFIDENTIAL_|REQUIRE_|ASSERTION_|CLIENT_|DEVICE_)/,
  },
  {
    title: t('Operation'),
    lead: t('Processes, logs and limits.'),
    pattern: /^(ENV|LOG_|METRICS_|DRAIN_|WORKERS|LIMITS|JOURNAL_)/,
  },
  { title: t('Other settings'), lead: '', pattern: /./ },
]

const bare = (variable: string) => variable.replace('CLAVIGER_', '')
const groupOf = (variable: string) => GROUPS.findIndex(({ pattern }) => pattern.test(bare(variable)))

export const grouped = <Item extends { variable: string }>(items: readonly Item[]) =>
  GROUPS.map((group, at) => ({ ...group, items: items.filter(({ variable }) => groupOf(variable) === at) })).filter(
    group => group.items.length > 0,
  )

const UPPER = /^(url|pkce|par|api|jwt)$/

/** `CLAVIGER_REQUIRE_PAR` becomes "Require PAR". Another language has a title for each variable. */
export function titleOf(variable: string): string {
  const title = t(variable)
  if (title !== variable) return title
  const words = bare(variable).toLowerCase().split('_')
  const text = words.map(word => (UPPER.test(word) ? word.toUpperCase() : word)).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const STEPS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
] as const
const SPANS = { SECONDS: STEPS, MINUTES: [['minute', 1]], DAYS: [['day', 1]] } as const

/** A number of seconds in the largest unit that divides it, as in "30 days". */
export function showValue(variable: string, value: string): string {
  const steps = SPANS[variable.slice(variable.lastIndexOf('_') + 1) as keyof typeof SPANS]
  const step = steps?.find(([, length]) => Number(value) % length === 0)
  if (step === undefined) return value
  if (Number(value) === 0) return t('none')
  const [unit, length] = step
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Number(value) / length)
}
