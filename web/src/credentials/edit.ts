import type { Body } from '../../../src/wire/admin/contract.ts'
import type { Credential } from '../show/value/words.ts'
import { endOf } from './templates.ts'

/* The form for editing a credential, and the difference from the stored values. */

export type Edit = {
  name: string
  note: string
  allScopes: boolean
  scopes: string[]
  networks: string
  /** `keep`, a number of days, `never`, or a date. */
  expires: string
  /** Lines of `name=value`. */
  metadata: string
}

export const editOf = ({ name, note, scopes, networks, metadata }: Credential): Edit => ({
  name: name ?? '',
  note: note ?? '',
  allScopes: scopes === null,
  scopes: scopes ?? [],
  networks: (networks ?? []).join('\n'),
  expires: 'keep',
  metadata: Object.entries(metadata)
    .map(pair => pair.join('='))
    .join('\n'),
})

type Change = NonNullable<Body<'changeCredential'>>

/** Sends only changed fields, because another person may have changed the others meanwhile. */
export function changeOf(edit: Edit, before: Credential, now: number): Change {
  const was = editOf(before)
  const change: Change = {}
  const differs = (...fields: (keyof Edit)[]) => fields.some(field => String(edit[field]) !== String(was[field]))
  if (differs('name')) change.name = edit.name.trim()
  if (differs('note')) change.note = edit.note.trim() || null
  if (differs('allScopes') || (!edit.allScopes && differs('scopes')))
    change.scopes = edit.allScopes ? null : edit.scopes
  if (differs('networks')) change.networks = edit.networks.split(/[\s,]+/).filter(Boolean)
  if (differs('metadata')) change.metadata = metadataIn(edit.metadata)
  if (edit.expires !== 'keep') change.expires_at = endOf(edit.expires, now)
  return change
}

function metadataIn(text: string): Record<string, string> | null {
  const pairs = text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const at = line.indexOf('=')
      return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    })
  return pairs.length > 0 ? Object.fromEntries(pairs) : null
}

/** The scopes that the change removes. */
export const takenAway = ({ scopes }: Credential, after: readonly string[] | null | undefined): string[] =>
  scopes === null || !after
    ? []
    : scopes.filter(scope => !after.some(held => scope === held || scope.startsWith(`${held}:`)))
