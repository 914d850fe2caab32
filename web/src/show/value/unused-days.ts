import { DAY } from '../../span.ts'
import { useKept } from './use-kept.ts'
import type { Credential } from './words.ts'

/** The default number of days without use, the same as in the server and the command line. */
export const STANDARD = 60
const MOST = 3650

export const isDays = (days: unknown): days is number =>
  typeof days === 'number' && Number.isInteger(days) && days >= 1 && days <= MOST

/** After how many days this person calls something unused, in filters, badges and warnings. */
export function useUnusedDays() {
  const [kept, setDays] = useKept('unused-days', STANDARD)
  return { days: isDays(kept) ? kept : STANDARD, setDays }
}

/** The status from the server, except that "unused" depends on this person's number of days. */
export function statusFor(row: Pick<Credential, 'status' | 'name' | 'last_used_at' | 'created_at'>, days: number) {
  if (row.name === null || (row.status !== 'active' && row.status !== 'unused')) return row.status
  const idle = Date.now() / 1000 - (row.last_used_at ?? row.created_at)
  return idle > days * DAY ? ('unused' as const) : ('active' as const)
}
