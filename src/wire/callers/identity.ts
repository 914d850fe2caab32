import type { Refusal } from '../../model/refusal.ts'

/** The ids in whatever a caller resolved to: a client, a resource server, a session, a principal, a visitor. */
export function identityOf(who: unknown): Refusal['concerns'] {
  if (typeof who !== 'object' || who === null) return {}
  const { id, clientId, grantTypes, user, subject, client, credentialId, by } = who as Partial<Record<string, unknown>>
  if (typeof by === 'object') return identityOf(by)
  if (grantTypes !== undefined) return named('clientId', id)
  return {
    ...named('clientId', clientId ?? idOf(client)),
    ...named('userId', idOf(user) ?? idOf(subject)),
    ...named('credentialId', credentialId),
  }
}

const idOf = (thing: unknown): unknown =>
  typeof thing === 'object' && thing !== null && 'id' in thing ? thing.id : undefined

const named = (name: keyof Refusal['concerns'], id: unknown): Refusal['concerns'] =>
  typeof id === 'string' ? { [name]: id } : {}
