import { Badge, Group } from '@mantine/core'
import { IconCheck, IconPlayerPause } from '@tabler/icons-react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange, usePages } from '../api/use-ask.ts'
import { CopyAs } from '../show/copy-as.tsx'
import type { Column } from '../show/data-table.tsx'
import { DirectAction } from '../show/direct-action.tsx'
import { Empty } from '../show/empty.tsx'
import { Ending } from '../show/ending.tsx'
import { ListView } from '../show/list-view.tsx'
import { Name, plainName } from '../show/name.tsx'
import { PageHead } from '../show/page-head.tsx'
import { RowAction } from '../show/row-action.tsx'
import { Scopes } from '../show/scopes.tsx'
import { When } from '../show/when.tsx'
import { counted } from '../show/words.ts'
import { ApplicationName } from './application-name.tsx'
import { type Client, SOURCES, TYPES } from './words.ts'

const query = { review: 'waiting' } as const

/**
 * Applications that registered themselves and are not reviewed: their requested scopes, with buttons to accept or
 * disable.
 */
export default function RegistrationsPage() {
  const { may, rules } = useSession()
  const list = usePages('listClients', { query }, { every: 15_000 })
  const change = useChange('changeClient')
  const count = list.items?.length ?? 0
  const decide: Column<Client> = {
    head: 'Decide',
    align: 'right',
    cell: client => {
      const approve = { params: { id: client.id }, body: { reviewed: true } } as const
      const disable = { params: { id: client.id }, body: { active: false } }
      return (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          <DirectAction
            size="xs"
            label="Approve"
            operation="changeClient"
            what={approve}
            run={() => change.mutateAsync(approve)}
            done="Approved: off this list. It works as before."
            icon={<IconCheck size={15} aria-hidden />}
          />
          <RowAction
            ends="disableClient"
            icon={<IconPlayerPause size={15} aria-hidden />}
            title={`Disable ${client.name}?`}
            says={<DisableClient id={client.id} />}
            operation="changeClient"
            what={disable}
            run={() => change.mutateAsync(disable)}
            done="Disabled. Nothing of it works any more."
            undo={() => change.mutateAsync({ params: { id: client.id }, body: { active: true } })}
          />
        </Group>
      )
    },
  }
  return (
    <>
      <PageHead
        title="Registrations"
        lead={
          count === 0
            ? 'Applications that registered themselves work at once, and stand here until somebody has looked at them.'
            : `${counted(count, 'application')}${list.hasNextPage ? ' and more' : ''} registered and not looked at. They work already. Approve takes one off this list and changes nothing else; Disable stops it.`
        }
        actions={<CopyAs operation="listClients" what={{ query }} />}
      />
      <ListView
        label="Registrations"
        noun="application"
        list={list}
        columns={may('changeClient') ? [...COLUMNS, decide] : COLUMNS}
        keyOf={({ id }) => id}
        nothing={
          <Empty title="Nothing waits">
            Every application that registered itself was looked at. Registration is{' '}
            {rules.registration === 'invite' ? 'by invitation' : rules.registration}.
          </Empty>
        }
      />
    </>
  )
}

/** As on the consent page: `admin` of an API affects more people than the person who consents. */
const isFarReaching = (scope: string): boolean => scope === 'admin' || scope.startsWith('admin:')

function AsksFor({ scopes }: Pick<Client, 'scopes'>) {
  const far = scopes.filter(isFarReaching)
  return (
    <Group gap="xs" wrap="nowrap">
      {far.length > 0 ? (
        <Badge color="orange" variant="light">
          far-reaching: {far.join(' ')}
        </Badge>
      ) : null}
      <Scopes of={[...far, ...scopes.filter(scope => !isFarReaching(scope))]} most={2} />
    </Group>
  )
}

const COLUMNS: Column<Client>[] = [
  {
    head: 'Name',
    lead: true,
    cell: client => (
      <ApplicationName of={client}>
        {TYPES[client.type].label}, <When at={client.created_at} />
      </ApplicationName>
    ),
  },
  { head: 'Asks for', cell: ({ scopes }) => <AsksFor scopes={scopes} /> },
  {
    head: 'Sends people to',
    cell: ({ redirect_uris: uris }) => (
      <span title={uris.map(plainName).join('\n')}>
        {uris[0] === undefined ? 'nowhere' : <Name text={uris[0].replace('https://', '')} />}
        {uris.length > 1 ? ` +${uris.length - 1}` : null}
      </span>
    ),
  },
  {
    head: 'Registered by',
    cell: ({ source, owner }) => (owner ? <Name text={owner.name} otherwise="deleted user" /> : SOURCES[source]),
  },
]

/** Loads the counts when the dialog opens. */
function DisableClient({ id }: { id: string }) {
  return <Ending act="disableClient" of={useAsk('clientImpact', { params: { id } })} />
}
