import type { Body } from '../../../src/wire/admin/contract.ts'
import type { Credential } from '../show/value/words.ts'
import { endOf, networksIn, type Values } from './values.ts'

/* The form for editing a credential. */

/** `expires` can also be `keep`. */
export type Edit = Values & {
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
export function changeOf(changed: Partial<Edit>, { allScopes, scopes }: Edit, now: number): Change {
  const { name, note, networks, metadata, expires } = changed
  return {
    ...(name !== undefined && { name: name.trim() }),
    ...(note !== undefined && { note: note.trim() || null }),
    ...('allScopes' in changed || (!allScopes && changed.scopes) ? { scopes: allScopes ? null : scopes } : {}),
    ...(networks !== undefined && { networks: networksIn(networks) }),
    ...(metadata !== undefined && { metadata: metadataIn(metadata) }),
    ...(expires !== undefined && { expires_at: endOf(expires, now) }),
  }
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
