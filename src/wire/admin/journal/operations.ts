import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { explainBody, explanation, journalCounts, journalCountsQuery, journalEntry, journalQuery } from './schemas.ts'

/** What happened, and why something was refused. */
export const journalOperations = {
  listJournal: operation({
    on: ['GET', '/v1/journal'],
    needs: ['journal:read'],
    self: 'own',
    query: journalQuery,
    status: 200,
    answer: page(journalEntry),
    tag: 'Activity',
    summary: 'What happened, newest first',
  }),
  countJournal: operation({
    on: ['GET', '/v1/journal/counts'],
    needs: ['journal:read'],
    query: journalCountsQuery,
    status: 200,
    answer: journalCounts,
    tag: 'Activity',
    summary: 'How often something happened, in buckets of time',
  }),
  explain: operation({
    on: ['POST', '/v1/explain'],
    needs: ['credentials:read', 'journal:read'],
    body: explainBody,
    status: 200,
    answer: explanation,
    tag: 'Activity',
    summary: 'Why a credential or a request was refused, and what would have passed',
  }),
} as const
