import type { Lead } from './chart-card.tsx'

/* Where a click on a chart leads: the list behind what was clicked, its filters in the address. */

const within = (since: number, until: number, more: Record<string, string | undefined>): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(more)) if (value !== undefined) search.set(name, value)
  search.set('since', String(since))
  search.set('until', String(until - 1))
  return `/activity?${search}`
}

/** Refusals by their reason; what was accepted leaves no entry of its own, so that leads to everything of that time. */
export const outcomeLead =
  (credential?: string): Lead =>
  (since, until, name) => {
    if (name === undefined || name === 'valid') return within(since, until, { credential })
    return within(since, until, { credential, event: 'refused', reason: name === 'other' ? undefined : name })
  }

export const eventLead: Lead = (since, until, name) => within(since, until, { event: name })
/** No entry says of which kind a credential was, or how long its check took: a place in these leads to its time. */
export const timeLead: Lead = (since, until) => within(since, until, {})
export const kindLead = (kind: string): string => `/credentials?kind=${encodeURIComponent(kind)}`
