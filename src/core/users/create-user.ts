import { randomId } from '../../crypto/credential-format.ts'
import { normalized } from '../../crypto/passwords.ts'
import type { Act } from '../../model/actor.ts'
import { aboutUser, entry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import type { Scope } from '../../model/scope.ts'
import { canonicalName, type NewUser, type Role, type User } from '../../model/user.ts'
import { checkLimit, checkRank, requirePermission } from '../authority.ts'
import { UNPRINTABLE } from '../clients/client-rules.ts'
import type { World } from '../world.ts'
import { refuseGuessable } from './refuse-guessable.ts'

/** Makes a user. Handle and e-mail address are unique together, in any letter case; two at once cannot both win. */
export async function createUser(needs: Needs, act: Act, ask: CreateUser): Promise<User> {
  const { by } = act
  if (by.is !== 'self-registration') requirePermission(by, 'createUser')
  checkRank(by, ask.role ?? 'user')
  checkLimit(by, ask.scopes ?? null)
  checkHandle(ask.handle)
  if (ask.email !== undefined) checkEmail(ask.email)
  const made = await newUser(needs, ask)
  const user = await needs.users.create(made, entry(act, 'created', aboutUser(made), { at: made.createdAt }))
  if (user === 'name-taken') throw nameTaken(ask)
  return user
}

/** A user as asked for, with the password hashed; nothing is stored yet. */
export async function newUser(needs: Pick<World, 'passwords' | 'rules' | 'now'>, ask: CreateUser): Promise<NewUser> {
  const password =
    ask.password === undefined ? undefined : await hashNewPassword(needs, ask.password, [ask.handle, ask.email])
  return {
    id: randomId(),
    handle: ask.handle,
    role: ask.role ?? 'user',
    active: true,
    otpValidated: false,
    createdAt: needs.now(),
    ...(ask.email !== undefined && { email: ask.email }),
    ...(ask.firstName !== undefined && { firstName: ask.firstName }),
    ...(ask.lastName !== undefined && { lastName: ask.lastName }),
    ...(ask.scopes && { scopes: ask.scopes }),
    ...(password && { password }),
  }
}

export const nameTaken = (ask: Pick<CreateUser, 'handle' | 'email'>): Refusal =>
  new Refusal('name-taken', `${ask.handle} or ${ask.email ?? 'no e-mail'} is in use`, { parameter: 'handle' })

export function checkHandle(handle: string): void {
  const wrong =
    handle.length > 100 ||
    canonicalName(handle) === '' ||
    UNPRINTABLE.test(handle) ||
    /\s/.test(handle) ||
    INVISIBLE.test(handle) ||
    mixesAlphabets(canonicalName(handle))
  if (wrong)
    throw new Refusal('parameter-invalid', 'unfit handle', {
      parameter: 'handle',
      sentence: 'A handle has 1 to 100 visible characters of one alphabet and no spaces.',
    })
}

/** What no font shows: with it two handles that differ would look alike (UTS 39 section 5.3). */
const INVISIBLE = /[\p{Cf}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}]/u
/** Latin, Greek and Cyrillic share the shapes of many letters; a name that mixes them means to look like another. */
const mixesAlphabets = (name: string): boolean =>
  [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u].filter(script => script.test(name)).length > 1

export function checkEmail(email: string): void {
  const fits =
    email.length <= 254 && !UNPRINTABLE.test(email) && !INVISIBLE.test(email) && /^[^\s@]+@[^\s@]+$/.test(email)
  if (!fits)
    throw new Refusal('parameter-invalid', 'unfit e-mail address', {
      parameter: 'email',
      sentence: 'That is not an e-mail address.',
    })
}

/** Longer than anybody types, short enough that hashing it costs nothing extra. In bytes. */
export const LONGEST_PASSWORD = 1024

/** The one place where a password becomes stored. `names` are of its user: a password made of them is guessed first. */
export async function hashNewPassword(
  needs: Pick<World, 'passwords' | 'rules'>,
  password: string,
  names: readonly (string | undefined)[],
): Promise<string> {
  checkPassword(needs, password)
  await refuseGuessable(needs, password, names)
  return needs.passwords.hash(password)
}

export function checkPassword(needs: Pick<World, 'rules'>, password: string): void {
  const least = needs.rules.passwordMinLength
  const refuse = (sentence: string): never => {
    throw new Refusal('password-unfit', sentence, { parameter: 'password', sentence })
  }
  if ([...normalized(password)].length < least) refuse(`The password has fewer than ${least} characters.`)
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) refuse(`The password is longer than ${LONGEST_PASSWORD} bytes.`)
  if (password.includes('\0')) refuse('The password has a NUL character in it.')
}

export type CreateUser = {
  handle: string
  email?: string
  firstName?: string
  lastName?: string
  role?: Role
  scopes?: Scope[]
  password?: string
}
type Needs = Pick<World, 'users' | 'passwords' | 'rules' | 'now'>
