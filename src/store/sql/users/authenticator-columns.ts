import type { Authenticator } from '../../../model/users/authenticator.ts'
import type { AuthenticatorChange } from '../../../ports/authenticators.ts'
import type { UserRow } from '../../tables.ts'

/*
 * Processes of an older version store passwords and one-time codes in columns of users, and may run at the same time.
 * Each change here writes rows and columns in one transaction. If a row and a column differ, an older process wrote the
 * column later, so the column counts (docs/adr/0011).
 */

/** The columns of a user that contain authenticators. */
export type MirrorColumns = Pick<
  UserRow,
  'id' | 'created_at' | 'password' | 'otp_secret' | 'otp_validated' | 'otp_pending'
>
export const MIRROR_COLUMNS = [
  'id',
  'created_at',
  'password',
  'otp_secret',
  'otp_validated',
  'otp_pending',
] as const satisfies readonly (keyof MirrorColumns)[]

/** Returns the column values that correspond to these changes. */
export function mirrorOf(changes: readonly AuthenticatorChange[]): Partial<MirrorColumns> {
  const columns: Partial<MirrorColumns> = {}
  for (const { method, state, data } of changes) {
    const [value = null] = data
    if (method === 'password') columns.password = value
    else if (method === 'one-time-code' && state === 'pending') columns.otp_pending = value
    else if (method === 'one-time-code')
      Object.assign(columns, { otp_secret: value, otp_validated: Number(value !== null) })
  }
  return columns
}

export const authenticatorId = (
  { userId, method, state }: Pick<Authenticator, 'userId' | 'method' | 'state'>,
  place = 0,
): string => [userId, method, state, ...(place > 0 ? [place] : [])].join('.')

/** Keeps the rows that agree with the columns, and adds authenticators that only the columns contain. */
export function reconcile(rows: readonly Authenticator[], user: MirrorColumns): Authenticator[] {
  const found = said(user).map(
    one => rows.find(row => sameSlot(row, one) && row.data === one.data) ?? { ...one, createdAt: user.created_at },
  )
  // Recovery codes replace one-time codes, and end with them.
  const device = rows.find(row => row.method === 'one-time-code' && row.state === 'active')
  const keep = device !== undefined && found.includes(device)
  return keep ? [...found, ...rows.filter(row => row.method === 'recovery-code')] : found
}

const sameSlot = (a: Pick<Authenticator, 'method' | 'state'>, b: Pick<Authenticator, 'method' | 'state'>): boolean =>
  a.method === b.method && a.state === b.state

function said(user: MirrorColumns): Omit<Authenticator, 'createdAt'>[] {
  const slots = [
    { method: 'password', state: 'active', data: user.password },
    { method: 'one-time-code', state: 'active', data: user.otp_validated === 1 ? user.otp_secret : null },
    { method: 'one-time-code', state: 'pending', data: user.otp_pending },
  ] as const
  return slots.flatMap(({ data, ...slot }) =>
    data === null ? [] : [{ ...slot, data, userId: user.id, id: authenticatorId({ ...slot, userId: user.id }) }],
  )
}
