import type { Role } from '../../model/user.ts'
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

export type App = { name: string; kind: 'service' | 'site' | 'native'; scopes: string[] }
export const APPS: readonly App[] = [
  { name: 'Storefront', kind: 'site', scopes: ['orders', 'stock:read'] },
  { name: 'Warehouse tablet', kind: 'native', scopes: ['stock:read', 'stock:write'] },
  { name: 'Nightly export', kind: 'service', scopes: ['reports:read', 'invoices:read'] },
  { name: 'Billing', kind: 'service', scopes: ['invoices:read', 'invoices:write', 'orders:read'] },
  { name: 'Partner portal', kind: 'site', scopes: ['orders:read', 'stock:read'] },
  { name: 'Phone app', kind: 'native', scopes: ['orders', 'stock:read'] },
  { name: 'Fraud check', kind: 'service', scopes: ['orders:read'] },
  { name: 'Label printer', kind: 'service', scopes: ['orders:read', 'stock:read'] },
  { name: 'Support desk', kind: 'site', scopes: ['orders:read', 'invoices:read'] },
  { name: 'Price watcher', kind: 'service', scopes: ['stock:read'] },
  { name: 'Sales dashboard', kind: 'site', scopes: ['reports:read'] },
  { name: 'Returns robot', kind: 'service', scopes: ['orders', 'stock:write'] },
]

export const API = { audience: `https://api.${DEMO_DOMAIN}`, name: 'Orders API' }

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
