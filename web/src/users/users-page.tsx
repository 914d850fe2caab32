import { Button, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
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
  const { may, rules } = useSession()
  const filters = useFilters(['q', 'role', 'active', 'sort'])
  const [search] = useSearchParams()
  const [open, { open: show, close }] = useDisclosure(search.has('new') && may('createUser'))
  const query = filters.values as Query<'listUsers'>
  const list = usePages('listUsers', { query }, { every: 15_000 })
  const create = may('createUser') ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={show}>
      {t('Create user')}
    </Button>
  ) : null
  return (
    <>
      <PageHead
        title={t('Users')}
        lead={REGISTRATION[rules.registration]}
        actions={
          <>
            <CopyAs operation="listUsers" what={{ query }} />
            {create}
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
          value={filters.values.role ?? null}
          onChange={value => filters.set('role', value)}
          clearable
        />
        <Select
          label={t('Status')}
          placeholder={t('Any')}
          data={[
            { value: 'true', label: t('Active') },
            { value: 'false', label: t('Disabled') },
          ]}
          value={filters.values.active ?? null}
          onChange={value => filters.set('active', value)}
          clearable
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
          <Empty title={t('No users yet')} action={create}>
            {tx('Or use the command line: {command}', {
              command: <code>claviger user create --handle ada --password-stdin</code>,
            })}
          </Empty>
        }
      />
      <CreateUser open={open} onClose={close} />
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
