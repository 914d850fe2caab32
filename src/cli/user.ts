import { removeSecondFactor } from '../core/sign-in/methods/remove-second-factor.ts'
import { type ChangeUser, changeUser } from '../core/users/change-user.ts'
import { createUser } from '../core/users/create-user.ts'
import { deleteUser } from '../core/users/delete-user.ts'
import { findUser } from '../core/users/find-user.ts'
import { FROM_PASSWORD, KEYS, setPassword } from '../core/users/set-password.ts'
import { OPERATOR } from '../model/actor.ts'
import { ROLES, type Role } from '../model/user.ts'
import { list, record } from './answer.ts'
import type { Call, Noun, Option } from './command.ts'
import { ofThing, ofUser } from './foresee.ts'
import { PAGING, readPages } from './paging.ts'
import { readPassword, requirePassword } from './read-secret.ts'
import { iso, showUser } from './shapes.ts'

const ROLE_NAMES = Object.keys(ROLES) as Role[]
const ABOUT_PERSON: readonly Option[] = [
  { flags: '--email <address>', about: 'also good to sign in with' },
  { flags: '--first-name <name>', about: 'given name' },
  { flags: '--last-name <name>', about: 'family name' },
  { flags: '--role <role>', about: `what they may manage: ${ROLE_NAMES.join(', ')}` },
  { flags: '--scope <scopes>', about: 'what they may do at most, as in "read write"; without it there is no limit' },
]
const PASSWORD: Option = { flags: '--password-stdin', about: 'read the password from stdin' }

export const user: Noun = {
  verbs: [
    {
      at: 'create',
      aliases: ['new'],
      about: 'Make a user',
      examples: [
        'claviger user create --handle ada --role admin',
        'printf %s "$PASSWORD" | claviger user create --handle ada --email ada@example.com --password-stdin',
      ],
      options: [
        { flags: '--handle <handle>', about: 'the name they sign in with', required: true },
        ...ABOUT_PERSON,
        PASSWORD,
      ],
      async run(call) {
        const handle = call.options.required('handle')
        const person = readPerson(call)
        const password = await readPassword(call)
        const ask = { handle, ...person, ...(password !== undefined && { password }) }
        const made = await createUser(await call.world(), OPERATOR, ask)
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
        { flags: '--search <start>', about: 'start of a handle or e-mail address' },
        { flags: '--role <role>', about: `with this role: ${ROLE_NAMES.join(', ')}` },
        { flags: '--active <state>', about: 'yes or no' },
        ...PAGING,
      ],
      async run(call) {
        const { users } = await call.world()
        const search = call.options.one('search')
        const [role, active] = [call.options.oneOf('role', ROLE_NAMES), call.options.oneOf('active', ['yes', 'no'])]
        const filter = { ...(search && { search }), ...(role && { role }), ...(active && { active: active === 'yes' }) }
        const page = await readPages(call, ask => users.list({ ...ask, ...filter }))
        return list(page, showUser, {
          handle: one => one.handle,
          email: one => one.email,
          role: one => one.role,
          active: one => one.active,
          number: one => one.number,
          created: one => iso(one.createdAt),
        })
      },
    },
    {
      at: 'get <user>',
      about: 'Show a user, by handle, e-mail address or id',
      examples: ['claviger user get ada'],
      async run(call) {
        return record(showUser(await findUser(await call.world(), call.options.argument(0))))
      },
    },
    {
      at: 'update <user>',
      about: 'Change a user; a lower role takes its powers back',
      examples: ['claviger user update ada --role operator', 'claviger user update ada --scope "read write"'],
      options: [{ flags: '--handle <handle>', about: 'a new name to sign in with' }, ...ABOUT_PERSON],
      async run(call) {
        const world = await call.world()
        const { id } = await findUser(world, call.options.argument(0))
        const handle = call.options.one('handle')
        const change: ChangeUser = { userId: id, ...cleared(readPerson(call)), ...(handle && { handle }) }
        return record(showUser(await changeUser(world, OPERATOR, change)))
      },
    },
    activity('disable', false, 'Disable a user: everything of theirs stops working until enabled again'),
    activity('enable', true, 'Enable a user again'),
    {
      at: 'password <user>',
      about: 'Set a new password; sessions and tokens that came of the old one end',
      examples: ['claviger user password ada', 'printf %s "$PASSWORD" | claviger user password ada --password-stdin'],
      options: [PASSWORD, { flags: '--revoke-keys', about: 'also end API keys and application tokens' }],
      ends: {
        act: options => (options.said('revokeKeys') ? 'setPasswordEndKeys' : 'setPassword'),
        foresee: call =>
          ofUser({ kinds: call.options.said('revokeKeys') ? [...FROM_PASSWORD, ...KEYS] : FROM_PASSWORD })(call),
      },
      async run(call) {
        const world = await call.world()
        const found = await findUser(world, call.options.argument(0))
        const password = await requirePassword(call)
        const keys = call.options.said('revokeKeys') ? 'revoke' : 'keep'
        await setPassword(world, OPERATOR, { userId: found.id, password, keys })
        return record(showUser(found), { notes: ['Sessions and tokens that came of the old password were ended.'] })
      },
    },
    {
      at: 'second-factor remove <user>',
      about: 'Take one-time codes off an account whose owner lost the device',
      examples: ['claviger user second-factor remove ada'],
      ends: {
        act: 'removeSecondFactor',
        foresee: ofThing('user', async (call, name) => findUser(await call.world(), name)),
      },
      async run(call) {
        const world = await call.world()
        const { id } = await findUser(world, call.options.argument(0))
        return record(showUser(await removeSecondFactor(world, OPERATOR, { userId: id })))
      },
    },
    {
      at: 'delete <user>',
      aliases: ['rm'],
      about: 'Delete a user and end everything of theirs, for good',
      examples: ['claviger user delete ada', 'claviger user delete ada --dry-run'],
      ends: { act: 'deleteUser', foresee: ofUser({ applications: 'too' }) },
      async run(call) {
        const world = await call.world()
        const { id } = await findUser(world, call.options.argument(0))
        const gone = await deleteUser(world, OPERATOR, { userId: id })
        return record({ ...showUser(gone), active: false, deleted: true })
      },
    },
  ],
}

function activity(at: 'disable' | 'enable', active: boolean, about: string): Noun['verbs'][number] {
  return {
    at: `${at} <user>`,
    about,
    examples: [`claviger user ${at} ada`],
    ...(at === 'disable' && { ends: { act: 'disableUser' as const, foresee: ofUser({ applications: 'too' }) } }),
    async run(call) {
      const world = await call.world()
      const { id } = await findUser(world, call.options.argument(0))
      return record(showUser(await changeUser(world, OPERATOR, { userId: id, active })))
    },
  }
}

/** What is said to be empty goes. */
const cleared = <T extends ReturnType<typeof readPerson>>({ email, firstName, lastName, ...rest }: T) => ({
  ...rest,
  ...(email !== undefined && { email: email || null }),
  ...(firstName !== undefined && { firstName: firstName || null }),
  ...(lastName !== undefined && { lastName: lastName || null }),
})

function readPerson({ options }: Call) {
  const [email, firstName, lastName] = [options.one('email'), options.one('firstName'), options.one('lastName')]
  const [role, scopes] = [options.oneOf('role', ROLE_NAMES), options.scopes()]
  return {
    ...(email !== undefined && { email }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(role !== undefined && { role }),
    ...(scopes !== undefined && { scopes }),
  }
}
