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
    summary: 'List journal entries',
    details: 'Newest first.',
  }),
  countJournal: operation({
    on: ['GET', '/v1/journal/counts'],
    query: journalCountsQuery,
    status: 200,
    answer: journalCounts,
    tag: 'Activity',
    summary: 'Count journal entries',
    details: 'Counts by bucket of time.',
  }),
  explain: operation({
    on: ['POST', '/v1/explain'],
    body: explainBody,
    status: 200,
    answer: explanation,
    tag: 'Activity',
    summary: 'Explain a refusal',
    details:
      'Shows each rule of the check, what the rule found, and what would have passed. Takes a credential or a request id.',
  }),
} as const
