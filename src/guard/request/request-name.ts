import { makeRequestId, readRequestId } from '../../model/request-id.ts'
import type { Carrier } from './presented.ts'

/** Returns the id of a request when it is needed: the id in its header, or a new one. */
export function requestName(carrier: Carrier): () => string {
  let name: string | undefined
  return () => {
    name ??= readRequestId(carrier.header('x-request-id')) ?? makeRequestId()
    return name
  }
}
