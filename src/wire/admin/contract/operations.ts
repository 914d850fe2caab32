import { ACCESS } from './operations-access.ts'
import { HOUSE } from './operations-house.ts'

/** Every operation of the management API; the key is its operation id. */
export const OPERATIONS = { ...ACCESS, ...HOUSE } as const
