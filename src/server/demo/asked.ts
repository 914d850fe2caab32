import type { Source } from '../../model/source.ts'
import { requestIds } from '../operate/request-ids.ts'

const newId = requestIds()

/** The source of a request of the demo, with an id of its own, as each real request has. */
export const asked = (from: Source): Source => ({ ...from, requestId: newId() })
