import { BASE } from '../api/base.ts'
import { t } from '../language/t.ts'
import type { KnownScopes } from '../scopes/use-known-scopes.ts'
import { endOf, isDay, networksIn, type Values } from './values.ts'

/* Initial values for new credentials. Every value can be changed. */

export type Draft = Values & {
  kind: 'application_token' | 'api_key'
  /** `undefined`: the signed-in user. */
  owner: string | undefined
  audience: string[]
}

export type Templates = Readonly<Record<string, { label: string; says: string; draft: Partial<Draft> }>>

/** Templates with existing scopes: those of the APIs for reading, or for reading and writing. */
export function templatesFor({ free, declared }: Pick<KnownScopes, 'free' | 'declared'>): Templates {
  const fitting = (...deeds: ('read' | 'write')[]): string[] => {
    if (free && declared.length === 0) return deeds
    return declared.filter(scope => deeds.some(deed => scope === deed || scope.endsWith(`:${deed}`)))
  }
  return {
    script: {
      label: t('Read-only script'),
      says: t('Reads only. 90 days.'),
      draft: of('application_token', t('Read-only script'), '90', fitting('read')),
    },
    ci: {
      label: t('CI deploy'),
      says: t('Reads and writes. 30 days.'),
      draft: of('application_token', t('CI deploy'), '30', fitting('read', 'write')),
    },
    monitoring: {
      label: t('Monitoring'),
      says: t('Reads only. One year. Limit it to the network of the monitor.'),
      draft: of('api_key', t('Monitoring'), '365', fitting('read')),
    },
    legacy: {
      label: t('Mobile client (legacy)'),
      says: t('For old clients that cannot renew a token. Never expires, so choose few scopes.'),
      draft: of('api_key', t('Legacy mobile client'), 'never', fitting('read')),
    },
  }
}

const of = (kind: Draft['kind'], name: string, expires: string, scopes: string[]): Partial<Draft> => ({
  kind,
  name,
  expires,
  scopes,
  allScopes: false,
})

export const LIFETIMES = [
  { value: '7', label: t('7 days') },
  { value: '30', label: t('30 days') },
  { value: '60', label: t('60 days') },
  { value: '90', label: t('90 days') },
  { value: '365', label: t('1 year') },
  { value: 'date', label: t('On a day …') },
  { value: 'never', label: t('Never') },
]

/** The form with values from a link. Reads only harmless fields, and opening the link makes nothing. */
export function draftFromAddress(search: URLSearchParams, templates: Templates): Draft {
  const template = templates[search.get('template') ?? '']?.draft ?? {}
  const kind = search.get('kind')
  const scopes = search.get('scopes')
  const expires = search.get('expires')
  return {
    kind: 'application_token',
    name: '',
    owner: search.get('owner') ?? undefined,
    allScopes: false,
    scopes: [],
    expires: '90',
    audience: [],
    networks: '',
    note: '',
    ...template,
    ...((kind === 'application_token' || kind === 'api_key') && { kind }),
    ...(search.has('name') && { name: (search.get('name') ?? '').slice(0, 200) }),
    ...(scopes !== null && { scopes: scopes.split(/[ ,]+/).filter(Boolean).slice(0, 100) }),
    ...(expires !== null &&
      (LIFETIMES.some(({ value }) => value === expires && value !== 'date') || isDay(expires)) && { expires }),
  }
}

export function toAddress(draft: Draft): string {
  const search = new URLSearchParams({ kind: draft.kind, expires: draft.expires })
  if (draft.name) search.set('name', draft.name)
  if (draft.scopes.length > 0) search.set('scopes', draft.scopes.join(' '))
  return `${BASE}/console/credentials/new?${search}`
}

export function toBody(draft: Draft, now: number) {
  const networks = networksIn(draft.networks)
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    ...(draft.owner && { owner_id: draft.owner }),
    scopes: draft.allScopes ? null : draft.scopes,
    expires_at: endOf(draft.expires, now),
    ...(draft.audience.length > 0 && { audience: draft.audience }),
    ...(networks.length > 0 && { networks }),
    ...(draft.note.trim() && { note: draft.note.trim() }),
  }
}
