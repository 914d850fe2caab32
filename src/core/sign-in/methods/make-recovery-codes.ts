import { randomInt } from 'node:crypto'
import { aboutUser, entry } from '../../../model/journal.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'
import { RECOVERY_ALPHABET, RECOVERY_LENGTH, recoveryMark } from './recovery-code.ts'
import { activeOf } from './sign-in-method.ts'

const HOW_MANY = 10

/** Makes ten recovery codes, returned once and stored as MACs. Old codes end. Requires an active second factor. */
export async function makeRecoveryCodes(needs: Needs, act: Act<Oneself>): Promise<string[]> {
  const { id } = act.by.user
  const own = await needs.authenticators.ofUser(id)
  if (!activeOf(own, 'one-time-code')) throw new Refusal('second-factor-not-set-up', `no second factor of ${id}`)
  const codes = Array.from({ length: HOW_MANY }, draw)
  const data = codes.map(code => recoveryMark(needs, id, code))
  const changed = await needs.users.change(
    id,
    { authenticators: [{ method: 'recovery-code', state: 'active', data }] },
    entry(act, 'changed', aboutUser({ id }), { at: needs.now(), detail: { what: 'recovery codes made' } }),
  )
  if (typeof changed !== 'object') throw new Refusal('user-unknown', `user ${id} was deleted meanwhile`)
  return codes.map(code => `${code.slice(0, RECOVERY_LENGTH / 2)}-${code.slice(RECOVERY_LENGTH / 2)}`)
}

const draw = (): string =>
  Array.from({ length: RECOVERY_LENGTH }, () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)]).join('')

type Needs = Pick<World, 'users' | 'authenticators' | 'vault' | 'now'>
