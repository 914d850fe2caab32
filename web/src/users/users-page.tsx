import { Select } from '@mantine/core'
import { useSearchParams } from 'wouter'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { type SignedIn, useSession } from '../api/session.tsx'
import { type Item, usePages } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { Filters } from '../show/list/filters.tsx'
import { Lead } from '../show/list/lead.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { SearchField } from '../show/list/search-field.tsx'
import { useFilters } from '../show/list/use-filters.ts'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { ActiveBadge } from '../show/value/active-badge.tsx'
import { choicesOf } from '../show/value/choice.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { CreateUser } from './create-user.tsx'
import { ROLES } from './roles.ts'

type User = Item<'listUsers'>

const REGISTRATION: Record<SignedIn['rules']['registration'], string> = {
  open: t('People who sign in. Everyone can register.'),
  invite: t('People who sign in. Registration is by invitation.'),
  closed: t('People who sign in. Nobody can register.'),
}

export default function UsersPage() {
  const { rules } = useSession()
  const filters = useFilters(['q', 'role', 'active', 'sort'])
  const [search] = useSearchParams()
  const query = filters.values as Query<'listUsers'>
  const list = usePages('listUsers', { query }, { every: 15_000 })
  return (
    <>
      <PageHead
        title={t('Users')}
        lead={REGISTRATION[rules.registration]}
        actions={
          <>
            <CopyAs operation="listUsers" what={{ query }} />
            <CreateUser openAtFirst={search.has('new')} />
          </>
        }
      />
      <Filters>
        <SearchField
          placeholder={t('Start of a name or address')}
          value={filters.values.q}
          onChange={value => filters.set('q', value)}
        />
        <Select
          label={t('Role')}
          placeholder={t('Every role')}
          data={Object.entries(ROLES).map(([value, { label }]) => ({ value, label }))}
          {...filters.pick('role')}
        />
        <Select
          label={t('Status')}
          placeholder={t('Any')}
          data={choicesOf({ true: t('Active'), false: t('Disabled') })}
          {...filters.pick('active')}
        />
      </Filters>
      <ListView
        label={t('Users')}
        noun="user"
        list={list}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        filters={filters}
        views="users"
        sort={{ value: filters.values.sort ?? '-created_at', onChange: value => filters.set('sort', value) }}
        nothing={
          <Empty title={t('No users yet')} action={<CreateUser />}>
            {tx('Or use the command line: {command}', {
              command: <code>claviger user create --handle ada --password-stdin</code>,
            })}
          </Empty>
        }
      />
    </>
  )
}

const COLUMNS: Column<User>[] = [
  {
    head: t('Name'),
    lead: true,
    cell: user => (
      <Lead
        href={`/users/${user.id}`}
        beside={<Name text={[user.first_name, user.last_name].filter(Boolean).join(' ')} otherwise="" />}
      >
        <Name text={user.handle} />
      </Lead>
    ),
  },
  { head: t('E-mail'), cell: ({ email }) => (email ? <Name text={email} /> : null) },
  { head: t('Role'), cell: user => ROLES[user.role].label },
  { head: t('Status'), cell: user => <ActiveBadge active={user.active} /> },
  { head: t('Second factor'), cell: user => (user.second_factor ? t('on') : t('off')) },
  { head: t('Number'), cell: user => user.number, align: 'right' },
  { head: t('Created'), sort: 'created_at', cell: user => <When at={user.created_at} /> },
]
