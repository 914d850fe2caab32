import type { Lead } from './plot.ts'

/* Links from charts to lists, with the filters in the address. */

const within = (since: number, until: number, filters: Record<string, string>): string =>
  `/activity?${new URLSearchParams({ ...filters, since: String(since), until: String(until - 1) })}`

/** A refusal links to refusals with its reason. Accepted requests have no entries, so they link to all entries of that time. */
export const outcomeLead =
  (of: { credential?: string } = {}): Lead =>
  (since, until, name = 'valid') => {
    if (name === 'valid') return within(since, until, of)
    return within(since, until, { ...of, event: 'refused', ...(name !== 'other' && { reason: name }) })
  }

export const eventLead: Lead = (since, until, event) => within(since, until, event ? { event } : {})
/** Entries contain neither the kind of a credential nor the duration of a check, so the link has only the time. */
export const timeLead: Lead = (since, until) => within(since, until, {})
export const kindHref = (kind: string): string => `/credentials?kind=${encodeURIComponent(kind)}`
