import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { overview, overviewQuery, setting } from './schemas.ts'

/** The installation itself. */
export const installationOperations = {
  overview: operation({
    on: ['GET', '/v1/overview'],
    query: overviewQuery,
    status: 200,
    answer: overview,
    tag: 'Installation',
    summary: 'Read the overview',
    details: 'Counts, version, and what needs attention.',
  }),
  listSettings: operation({
    on: ['GET', '/v1/settings'],
    status: 200,
    answer: list(setting),
    tag: 'Installation',
    summary: 'List settings',
    details: 'The settings in force, and the source of each. Secrets are not shown.',
  }),
} as const
