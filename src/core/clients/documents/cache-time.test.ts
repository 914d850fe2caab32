import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR, MINUTE, SECOND } from '../../../model/span.ts'
import { freshFor } from './cache-time.ts'

const T0 = Date.UTC(2026, 0, 1)
const at = (ahead: number) => new Date(T0 + ahead).toUTCString()

test('a document is fresh as its answer says (RFC 9111 section 4.2), for a minute at least and a day at most', () => {
  const cases: [Record<string, string>, number][] = [
    [{}, HOUR],
    [{ 'cache-control': 'max-age=600' }, 10 * MINUTE],
    [{ 'cache-control': 'public, Max-Age="600"' }, 10 * MINUTE],
    [{ 'cache-control': 'max-age=600, s-maxage=1200' }, 20 * MINUTE],
    [{ 'cache-control': 'max-age=600', age: '300' }, 5 * MINUTE],
    [{ 'cache-control': 'max-age=600', age: '3000' }, MINUTE],
    [{ 'cache-control': 'max-age=1' }, MINUTE],
    [{ 'cache-control': 'max-age=9999999999' }, DAY],
    [{ 'cache-control': 'max-age=-1' }, HOUR],
    [{ 'cache-control': 'no-store, max-age=600' }, MINUTE],
    [{ 'cache-control': 'no-cache' }, MINUTE],
    [{ expires: at(30 * MINUTE), date: at(0) }, 30 * MINUTE],
    [{ expires: at(30 * MINUTE), date: at(10 * MINUTE) }, 20 * MINUTE],
    [{ expires: at(30 * MINUTE) }, 30 * MINUTE],
    [{ expires: '0' }, MINUTE],
    [{ expires: at(30 * MINUTE), 'cache-control': 'max-age=120' }, 120 * SECOND],
  ]
  for (const [headers, fresh] of cases) assert.equal(freshFor(headers, T0), fresh, JSON.stringify(headers))
})
