import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { explainBody, explanation, journalCounts, journalCountsQuery, journalEntry, journalQuery } from './schemas.ts'

/** Journal entries, their counts, and explanations of refusals. */
export const journalOperations = {
  listJournal: operation({
    on: ['GET', '/v1/journal'],
    query: journalQuery,
    status: 200,
    answer: page(journalEntry),
    tag: 'Activity',
    summary: 'What happened, newest first',
  }),
  countJournal: operation({
    on: ['GET', '/v1/journal/counts'],
    query: journalCountsQuery,
    status: 200,
    answer: journalCounts,
    tag: 'Activity',
    summary: 'How often something happened, in buckets of time',
  }),
  explain: operation({
    on: ['POST', '/v1/explain'],
    body: explainBody,
    status: 200,
    answer: explanation,
    tag: 'Activity',
    summary: 'Why a credential or a request was refused, and what would have passed',
  }),
} as const
