import { randomId } from '../../crypto/credential-format.ts'
import { isKnownHash } from '../../crypto/passwords.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import { canonicalName, type NewUser, type User } from '../../model/users/user.ts'
import { requireOperator } from '../authority.ts'
import { sealImportedPassword } from '../check/imported-password.ts'
import type { World } from '../world.ts'
import { checkEmail, checkHandle } from './user-rules.ts'

/**
 * Imports users of another system one by one, with their number and password. Overwrites no user: each one that cannot
 * be imported is listed with the reason. `rehearse` gives the same result and writes nothing.
 */
export function openImport(needs: Needs, act: Act, mode: 'import' | 'rehearse'): UserImport {
  requireOperator(act.by)
  /** Names and numbers of this run, so that a rehearsal finds duplicates too. */
  const seen = { names: new Set<string>(), numbers: new Set<number>() }
  return {
    async take(foreign) {
      const doubtful = await whyNot(needs, foreign, seen)
      if (doubtful) return doubtful
      const { user, remarks } = await readUser(needs, foreign, seen)
      for (const name of [user.handle, user.email]) if (name !== undefined) seen.names.add(canonicalName(name))
      seen.numbers.add(user.number)
      if (mode === 'rehearse') return { outcome: 'taken', remarks }
      const how = { at: needs.now(), reason: 'imported', detail: { number: user.number } }
      const adopted = await needs.users.adopt(user, entry(act, 'created', aboutUser(user), how))
      return adopted === 'adopted' ? { outcome: 'taken', remarks } : { outcome: 'left', why: WHY[adopted] }
    },
  }
}

const WHY = {
  'name-taken': 'the name is in use here',
  'number-taken': 'the number is in use here',
} as const

async function whyNot(needs: Needs, foreign: ForeignUser, seen: Seen): Promise<Outcome | undefined> {
  const left = (why: string): Outcome => ({ outcome: 'left', why })
  if (!Number.isSafeInteger(foreign.number) || foreign.number < 1) return left('the number is not a positive integer')
  const unfit = refusalOf(() => checkHandle(foreign.handle))
  if (unfit) return left(unfit)
  const name = canonicalName(foreign.handle)
  const numbered = await needs.users.byNumber(foreign.number)
  if (numbered && canonicalName(numbered.handle) === name) return { outcome: 'known' }
  if (numbered) return left(`the number belongs to ${numbered.handle} here`)
  if (seen.numbers.has(foreign.number)) return left('the number stands twice in the file')
  if (seen.names.has(name)) return left('the name stands twice in the file, letter case aside')
  return (await needs.users.byName(name)) ? left(WHY['name-taken']) : undefined
}

async function readUser(
  needs: Needs,
  foreign: ForeignUser,
  seen: Seen,
): Promise<{ user: NewUser & Pick<User, 'number'>; remarks: string[] }> {
  const remarks: string[] = []
  const user: NewUser & Pick<User, 'number'> = {
    id: randomId(),
    number: foreign.number,
    handle: foreign.handle,
    role: 'user',
    active: foreign.active,
    createdAt: foreign.createdAt ?? needs.now(),
    importedPassword: sealImportedPassword(needs, foreign.password),
  }
  if (foreign.firstName) user.firstName = foreign.firstName
  if (foreign.lastName) user.lastName = foreign.lastName
  if (isKnownHash(foreign.password)) user.password = foreign.password
  else if (foreign.password !== '' && !foreign.password.startsWith('!'))
    remarks.push(`the password is stored as ${unreadable(foreign.password)}; set a new one`)
  const email = await usableEmail(needs, foreign, seen, remarks)
  if (email !== undefined) user.email = email
  return { user, remarks }
}

const KNOWN_SCHEMES = /^(?:argon2|bcrypt(?:_sha256)?|pbkdf2_sha(?:1|256)|scrypt)?\$/
function unreadable(stored: string): string {
  const scheme = stored.split('$').find(Boolean)?.slice(0, 30)
  return KNOWN_SCHEMES.test(stored)
    ? `${scheme}, but is damaged or takes too long to check`
    : `${scheme}, which is not known here`
}

async function usableEmail(
  needs: Needs,
  { email, handle }: ForeignUser,
  seen: Seen,
  remarks: string[],
): Promise<string | undefined> {
  if (!email) return undefined
  const name = canonicalName(email)
  if (name === canonicalName(handle)) return email
  if (refusalOf(() => checkEmail(email))) remarks.push('the e-mail address cannot be used and was left out')
  else if (seen.names.has(name) || (await needs.users.byName(name)))
    remarks.push('the e-mail address is in use by somebody else and was left out')
  else return email
  return undefined
}

function refusalOf(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.text
    throw error
  }
}

type Seen = { names: Set<string>; numbers: Set<number> }
/**
 * A user as stored by another system. `password` is its stored string; empty or beginning with `!` for a user without a
 * password.
 */
export type ForeignUser = {
  number: number
  handle: string
  password: string
  email?: string
  firstName?: string
  lastName?: string
  active: boolean
  createdAt?: number
}
export type Outcome =
  | { outcome: 'taken'; remarks: string[] }
  /** An earlier run has imported this user. */
  | { outcome: 'known' }
  | { outcome: 'left'; why: string }
export type UserImport = { take(foreign: ForeignUser): Promise<Outcome> }
type Needs = Pick<World, 'users' | 'vault' | 'now'>
