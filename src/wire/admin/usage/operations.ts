import { operation } from '../operation.ts'
import {
  ages,
  checkTimes,
  checkTimesQuery,
  networks,
  networksQuery,
  sparklines,
  sparklinesQuery,
  top,
  topQuery,
  usage,
  usageQuery,
} from './schemas.ts'

/** Counts and durations of checks. */
export const usageOperations = {
  readUsage: operation({
    on: ['GET', '/v1/usage'],
    query: usageQuery,
    status: 200,
    answer: usage,
    tag: 'Usage',
    summary: 'Checks of credentials in buckets of time, by kind and outcome',
  }),
  readNetworks: operation({
    on: ['GET', '/v1/usage/networks'],
    query: networksQuery,
    status: 200,
    answer: networks,
    tag: 'Usage',
    summary: 'Networks from which a credential, or the tokens of a grant, an application or a user, were accepted',
  }),
  readCheckTimes: operation({
    on: ['GET', '/v1/usage/check-times'],
    query: checkTimesQuery,
    status: 200,
    answer: checkTimes,
    tag: 'Usage',
    summary: 'How long checks of credentials took: percentiles in buckets of time',
  }),
  credentialAges: operation({
    on: ['GET', '/v1/usage/ages'],
    status: 200,
    answer: ages,
    tag: 'Usage',
    summary: 'Live keys and application tokens by age, and whether they are used',
  }),
  topCredentials: operation({
    on: ['GET', '/v1/usage/top'],
    query: topQuery,
    status: 200,
    answer: top,
    tag: 'Usage',
    summary: 'The credentials, grants and applications whose tokens are used, or refused, most',
  }),
  sparklines: operation({
    on: ['GET', '/v1/usage/sparklines'],
    query: sparklinesQuery,
    status: 200,
    answer: sparklines,
    tag: 'Usage',
    summary: 'The last 36 hours of several credentials, one bucket an hour',
  }),
} as const
