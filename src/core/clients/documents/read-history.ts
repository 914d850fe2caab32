import type { JournalEntry } from '../../../model/journal.ts'
import type { World } from '../../world.ts'
import { EVENT_OF } from './keep-document.ts'

const MOST = 50

/** Lists the events of a client's document from the journal, newest first. */
export async function readHistory(needs: Pick<World, 'journal'>, clientId: string): Promise<DocumentEvent[]> {
  const filter = { clientId, about: 'client', events: ['created', 'changed'] as const }
  const { items } = await needs.journal.list(filter, { limit: MOST })
  return items.flatMap(entry => {
    const what = eventOf(entry)
    return what === undefined ? [] : [{ at: entry.at, what, ...detailOf(entry) }]
  })
}

function eventOf({ event, reason, detail }: JournalEntry): DocumentEvent['what'] | undefined {
  if (reason === 'client-document') return event === 'created' ? 'first-read' : 'changed'
  return Object.entries(EVENT_OF).find(([, what]) => what === detail?.['what'])?.[0] as
    | DocumentEvent['what']
    | undefined
}

function detailOf({ detail = {} }: JournalEntry): Omit<DocumentEvent, 'at' | 'what'> {
  const texts = (name: string): string[] => (Array.isArray(detail[name]) ? (detail[name] as string[]) : [])
  const text = (name: string): string | undefined => (typeof detail[name] === 'string' ? detail[name] : undefined)
  const [nameBefore, nameAfter, sentence] = [text('nameBefore'), text('nameAfter'), text('sentence')]
  return {
    fields: texts('fields'),
    redirectsAdded: texts('redirectsAdded'),
    redirectsGone: texts('redirectsGone'),
    ...(nameBefore !== undefined && { nameBefore }),
    ...(nameAfter !== undefined && { nameAfter }),
    ...(sentence !== undefined && { sentence }),
  }
}

export type DocumentEvent = {
  at: number
  what: 'first-read' | 'changed' | keyof typeof EVENT_OF
  /** The names of the changed fields of `Client`. */
  fields: string[]
  nameBefore?: string
  nameAfter?: string
  redirectsAdded: string[]
  redirectsGone: string[]
  sentence?: string
}
