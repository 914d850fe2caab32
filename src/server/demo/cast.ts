import type { Role } from '../../model/users/user.ts'
import type { Dice } from './dice.ts'

/* Users, APIs and applications of the demo. All have one reserved domain (RFC 2606), by which `removeDemo` finds them. */

export const DEMO_DOMAIN = 'demo.example'

export type Person = { first: string; last: string; role: Role }
const people = (role: Role, ...names: string[]): Person[] =>
  names.map(name => {
    const [first = '', last = ''] = name.split(' ')
    return { first, last, role }
  })

export const PEOPLE: readonly Person[] = [
  // There is no admin: the set-up link makes one, and is not offered once an admin exists.
  ...people('operator', 'Ines Marquez', 'Jonas Lindqvist', 'Priya Raman'),
  ...people('support', 'Mateo Rossi', 'Hana Sato'),
  ...people('auditor', 'Claire Dubois'),
  ...people(
    'user',
    'Amara Okafor',
    'Ben Carter',
    'Chidi Eze',
    'Dilan Kaya',
    'Elena Petrova',
    'Finn Murphy',
    'Greta Weiss',
  ),
  ...people(
    'user',
    'Hugo Silva',
    'Isla Fraser',
    'Jun Park',
    'Kofi Mensah',
    'Lena Vogel',
    'Marta Kowalska',
    'Nils Berg',
  ),
  ...people('user', 'Olga Ivanova', 'Pedro Alvarez', 'Quinn Taylor', 'Rosa Conti', 'Samir Haddad', 'Tove Hansen'),
  ...people('user', 'Uma Patel', 'Viktor Novak', 'Wen Li', 'Yara Haddad'),
]

export const SCOPES = [
  { scope: 'orders', sentence: 'See, place and cancel orders', risk: 'high' },
  { scope: 'orders:read', sentence: 'See orders and their state', risk: 'low' },
  { scope: 'invoices:read', sentence: 'See invoices', risk: 'low' },
  { scope: 'invoices:write', sentence: 'Write and send invoices', risk: 'high' },
  { scope: 'reports:read', sentence: 'Read reports', risk: 'low' },
  { scope: 'stock:read', sentence: 'See what is in stock', risk: 'low' },
  { scope: 'stock:write', sentence: 'Change what is in stock', risk: 'high' },
] as const

/** An application of a developer has an owner; the operator registered some, and some registered themselves. */
export type App = {
  name: string
  kind: 'service' | 'site' | 'native'
  scopes: string[]
  source: 'portal' | 'operator' | 'dynamic'
}
export const APPS: readonly App[] = [
  { name: 'Storefront', kind: 'site', scopes: ['orders', 'stock:read'], source: 'operator' },
  { name: 'Warehouse tablet', kind: 'native', scopes: ['stock:read', 'stock:write'], source: 'portal' },
  { name: 'Nightly export', kind: 'service', scopes: ['reports:read', 'invoices:read'], source: 'portal' },
  { name: 'Billing', kind: 'service', scopes: ['invoices:read', 'invoices:write', 'orders:read'], source: 'operator' },
  { name: 'Partner portal', kind: 'site', scopes: ['orders:read', 'stock:read'], source: 'portal' },
  { name: 'Phone app', kind: 'native', scopes: ['orders', 'stock:read'], source: 'portal' },
  { name: 'Fraud check', kind: 'service', scopes: ['orders:read'], source: 'operator' },
  { name: 'Label printer', kind: 'service', scopes: ['orders:read', 'stock:read'], source: 'portal' },
  { name: 'Support desk', kind: 'site', scopes: ['orders:read', 'invoices:read'], source: 'portal' },
  { name: 'Price watcher', kind: 'service', scopes: ['stock:read'], source: 'dynamic' },
  { name: 'Sales dashboard', kind: 'site', scopes: ['reports:read'], source: 'dynamic' },
  { name: 'Returns robot', kind: 'service', scopes: ['orders', 'stock:write'], source: 'portal' },
]

export const API = { audience: `https://api.${DEMO_DOMAIN}`, name: 'Orders API' }

export const GATES = [
  { name: 'orders', audience: API.audience, scopes: ['orders:read'] },
  { name: 'invoices', audience: API.audience, scopes: ['invoices:read'] },
]

/** One person of each role, who can sign in. */
export const LOGINS = ['ines.marquez', 'mateo.rossi', 'claire.dubois', 'amara.okafor']

export const DEVICES = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
] as const

export const PURPOSES = [
  'nightly backup',
  'CI pipeline',
  'spreadsheet import',
  'monitoring probe',
  'webhook relay',
  'local development',
  'stock sync',
  'report mailer',
  'data warehouse',
  'shop plugin',
  'load test',
  'mobile beta',
  'partner feed',
  'label service',
  'price robot',
] as const

export const PLACES = ['staging', 'production', 'Berlin', 'Lagos', 'Osaka', 'laptop', 'old', 'new', 'shared'] as const

export const handleOf = ({ first, last }: Person): string => `${first}.${last}`.toLowerCase()
export const address = (dice: Dice): string =>
  `${dice.pick(['203.0.113', '198.51.100', '192.0.2'])}.${dice.whole(2, 250)}`
