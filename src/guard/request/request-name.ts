import { makeRequestId, readRequestId } from '../../model/request-id.ts'
import type { Carrier } from './presented.ts'

/** The id of a request, asked for when it is needed: the one it brought, or one of its own. */
export function requestName(carrier: Carrier): () => string {
  let name: string | undefined
  return () => {
    name ??= readRequestId(carrier.header('x-request-id')) ?? makeRequestId()
    return name
  }
}
