import { randomBytes } from 'node:crypto'

/**
 * Makes ids that are unique across processes and grow with time, so the journal's index is written at its end. Random
 * ids would touch one page each (measured: 20 % of the cost of issuing a token).
 */
export function requestIds(): () => string {
  const process = `${Date.now().toString(36)}${randomBytes(4).toString('hex')}`
  let count = 0
  return () => `${process}${(++count).toString(36).padStart(7, '0')}`
}
