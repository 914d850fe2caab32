import { ROLES, type Role } from '../../model/users/user.ts'
import { list, record } from '../output/answer.ts'
import { PAGING, readPages } from '../output/paging.ts'
import { readPassword, requirePassword } from '../output/read-secret.ts'
import { isoOf, showUser } from '../output/shapes.ts'
import { findUser } from '../place/find-user.ts'
import type { Call, Noun, Option } from '../program/command.ts'
import { ofThing, ofUser } from '../program/foresee.ts'
import { readClaims } from './claim-options.ts'

const ROLE_NAMES = Object.keys(ROLES) as Role[]
const ABOUT_PERSON: readonly Option[] = [
  { flags: '--email <address>', about: 'e-mail address, which also works as the name at sign-in' },
  { flags: '--first-name <name>', about: 'given name, such as Ada' },
  { flags: '--last-name <name>', about: 'family name, such as Lovelace' },
  { flags: '--role <role>', about: `role, which decides what the user may manage: ${ROLE_NAMES.join(', ')}` },
  {
    flags: '--scope <scopes>',
    about: 'maximum scopes of the user and their credentials, such as "read write" (default: no limit)',
  },
  {
    flags: '--claim <name=value>',
    about:
      'standard claim of OpenID Connect, such as phone_number=+491… or address.locality=Berlin; an empty value removes it (can be repeated)',
    many: true,
  },
]
const PASSWORD: Option = { flags: '--password-stdin', about: 'read the password from stdin' }

export const user: Noun = {
  verbs: [
    {
      at: 'create',
      begins: true,
      aliases: ['new'],
      about: 'Create a user',
      examples: [
        'claviger user create --handle ada --role admin',
        'claviger user create --handle ada --claim zoneinfo=Europe/Berlin --claim address.locality=Berlin',
        'printf %s "$PASSWORD" | claviger user create --handle ada --email ada@example.com --password-stdin',
      ],
      options: [
        { flags: '--handle <handle>', about: 'name with which the user signs in, such as ada', required: true },
        ...ABOUT_PERSON,
        PASSWORD,
      ],
      async run(call) {
        const handle = call.options.required('handle')
        const person = { ...readPerson(call), ...readClaims(call) }
        const password = await readPassword(call)
        const body = { handle, ...person, ...(password !== undefined && { password }) }
        const made = await call.manage('createUser', { body })
        return record(showUser(made), {
          next: `claviger token create --user ${made.handle} --name first`,
          ...(password === undefined && { notes: ['No password was set: this user cannot sign in with one yet.'] }),
        })
      },
    },
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List users, newest first',
      examples: ['claviger user list', 'claviger user list --search ada --json'],
      options: [
        { flags: '--search <start>', about: 'first characters of a handle or an e-mail address, such as ada' },
        { flags: '--role <role>', about: `role of the users to list: ${ROLE_NAMES.join(', ')}` },
        { flags: '--active <state>', about: 'list only users that are active (yes) or disabled (no)' },
        ...PAGING,
      ],
      async run(call) {
        const search = call.options.one('search')
        const [role, active] = [call.options.oneOf('role', ROLE_NAMES), call.options.oneOf('active', ['yes', 'no'])]
        const filter = {
          ...(search && { q: search }),
          ...(role && { role }),
          ...(active && { active: active === 'yes' ? ('true' as const) : ('false' as const) }),
        }
        const page = await readPages(call, ask => call.manage('listUsers', { query: { ...ask, ...filter } }))
        return list(page, showUser, {
          handle: one => one.handle,
          email: one => one.email,
          role: one => one.role,
          active: one => one.active,
          number: one => one.number,
          created: one => isoOf(one.created_at),
        })
      },
    },
    {
      at: 'get <user>',
      about: 'Show a user, by handle, e-mail address or id',
      examples: ['claviger user get ada'],
      async run(call) {
        return record(showUser(await findUser(call, call.options.argument(0))))
      },
    },
    {
      at: 'update <user>',
      about: 'Change a user; a lower role takes rights away at once',
      examples: ['claviger user update ada --role operator', 'claviger user update ada --scope "read write"'],
      options: [
        { flags: '--handle <handle>', about: 'new name with which the user signs in' },
        ...ABOUT_PERSON,
        { flags: '--no-limit', about: 'remove the limit that --scope has set' },
      ],
      async run(call) {
        const { id, claims } = await findUser(call, call.options.argument(0))
        const handle = call.options.one('handle')
        const unlimited = call.options.either('limit') === false
        const body = {
          ...cleared(readPerson(call)),
          ...readClaims(call, claims),
          ...(handle && { handle }),
          ...(unlimited && { scopes: null }),
        }
        return record(showUser(await call.manage('changeUser', { id, body })))
      },
    },
    activity(
      'disable',
      false,
      'Disable a user: sessions, credentials and applications of the user stop until the user is enabled',
    ),
    activity('enable', true, 'Enable a user again'),
    {
      at: 'password <user>',
      about: 'Set a new password; sessions and tokens from the old password end',
      examples: ['claviger user password ada', 'printf %s "$PASSWORD" | claviger user password ada --password-stdin'],
      options: [
        PASSWORD,
        { flags: '--revoke-keys', about: 'also revoke the API keys and application tokens of the user' },
      ],
      ends: {
        act: options => (options.said('revokeKeys') ? 'setPasswordEndKeys' : 'setPassword'),
        foresee: call => ofUser(call.options.said('revokeKeys') ? 'password_and_keys' : 'password')(call),
      },
      async run(call) {
        const { id } = await findUser(call, call.options.argument(0))
        const password = await requirePassword(call)
        const keys = call.options.said('revokeKeys') ? 'revoke' : 'keep'
        const changed = await call.manage('setPassword', { id, body: { password, keys } })
        return record(showUser(changed), { notes: ['Sessions and tokens that came of the old password were ended.'] })
      },
    },
    {
      at: 'second-factor remove <user>',
      about: 'Remove the second factor of a user who lost the device',
      examples: ['claviger user second-factor remove ada'],
      ends: { act: 'removeSecondFactor', foresee: ofThing('user', findUser) },
      async run(call) {
        const { id } = await findUser(call, call.options.argument(0))
        return record(showUser(await call.manage('removeSecondFactor', { id })))
      },
    },
    {
      at: 'delete <user>',
      aliases: ['rm'],
      about: 'Delete a user, and revoke their credentials and applications for good',
      examples: ['claviger user delete ada', 'claviger user delete ada --dry-run'],
      ends: { act: 'deleteUser', foresee: ofUser('account') },
      async run(call) {
        const user = await findUser(call, call.options.argument(0))
        await call.manage('deleteUser', { id: user.id })
        return record({ ...showUser(user), active: false, deleted: true })
      },
    },
  ],
}

function activity(at: 'disable' | 'enable', active: boolean, about: string): Noun['verbs'][number] {
  return {
    at: `${at} <user>`,
    about,
    examples: [`claviger user ${at} ada`],
    ...(at === 'disable' && { ends: { act: 'disableUser' as const, foresee: ofUser('account') } }),
    async run(call) {
      const { id } = await findUser(call, call.options.argument(0))
      return record(showUser(await call.manage('changeUser', { id, body: { active } })))
    },
  }
}

/** An option with an empty value clears the field. */
const cleared = ({ email, first_name, last_name, ...rest }: ReturnType<typeof readPerson>) => ({
  ...rest,
  ...(email !== undefined && { email: email || null }),
  ...(first_name !== undefined && { first_name: first_name || null }),
  ...(last_name !== undefined && { last_name: last_name || null }),
})

function readPerson({ options }: Call) {
  const [email, firstName, lastName] = [options.one('email'), options.one('firstName'), options.one('lastName')]
  const [role, scopes] = [options.oneOf('role', ROLE_NAMES), options.scopes()]
  return {
    ...(email !== undefined && { email }),
    ...(firstName !== undefined && { first_name: firstName }),
    ...(lastName !== undefined && { last_name: lastName }),
    ...(role !== undefined && { role }),
    ...(scopes !== undefined && { scopes }),
  }
}
