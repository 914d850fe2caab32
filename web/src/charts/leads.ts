import type { Lead } from './chart-card.tsx'

/* Links from charts to the list of entries, with the filters in the address. */

const within = (since: number, until: number, more: Record<string, string | undefined>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(more)) if (value !== undefined) search.set(name, value)
  search.set('since', String(since))
  search.set('until', String(until - 1))
  return `/activity?${search}`
}

/**
 * A refusal links to refusals with its reason. Accepted requests have no entries, so they link to all entries of that
 * time.
 */
export const outcomeLead =
  (credential?: string): Lead =>
  (since, until, name) => {
    if (name === undefined || name === 'valid') return within(since, until, { credential })
    return within(since, until, { credential, event: 'refused', reason: name === 'other' ? undefined : name })
  }

export const eventLead: Lead = (since, until, name) => within(since, until, { event: name })
/** Entries contain neither the kind of a credential nor the duration of a check, so the link has only the time. */
export const timeLead: Lead = (since, until) => within(since, until, {})
export const kindLead = (kind: string): string => `/credentials?kind=${encodeURIComponent(kind)}`
