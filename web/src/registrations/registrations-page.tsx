import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconCheck, IconPlayerPause } from '@tabler/icons-react'
import { isHighRisk } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange, usePages } from '../api/use-ask.ts'
import { ApplicationName } from '../applications/application-name.tsx'
import { type Client, SOURCES, TYPES } from '../applications/words.ts'
import { counted } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { BlockDialog, type BlockDraft } from './block-dialog.tsx'
import { Blocks } from './blocks.tsx'
import { InitialTokens } from './initial-tokens.tsx'

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
        <Group gap={6} justify="flex-end">
          <DirectAction
            size="xs"
            label="Approve"
            operation="changeClient"
            what={approve}
            run={() => change.mutateAsync(approve)}
            done="Approved. The application works as before."
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
            done="Disabled. Its tokens are refused."
            undo={() => change.mutateAsync({ params: { id: client.id }, body: { active: true } })}
          />
          {client.origin && may('createRegistrationBlock') ? <BlockItsPlace of={client} /> : null}
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
            ? 'Applications that registered themselves work at once. They are listed here until someone reviews them.'
            : `${counted(count, 'application')}${list.hasNextPage ? ' and more' : ''} registered and not reviewed. They already work. Approve removes an application from this list, Disable stops it.`
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
          <Empty title="Nothing to review">
            Every application that registered itself has been reviewed. {MODES[rules.client_registration]}
          </Empty>
        }
      />
      <Stack gap="md" mt="lg">
        <InitialTokens />
        <Blocks />
      </Stack>
    </>
  )
}

function AsksFor({ scopes, policy }: Pick<Client, 'scopes' | 'policy'>) {
  if (policy.allowed_scopes === 'unreserved') return 'any scope that is not for administrators'

  const far = scopes.filter(isHighRisk)
  return (
    <Group gap="xs" wrap="nowrap">
      {far.length > 0 ? (
        <Badge color="orange" variant="light">
          high risk: {far.join(' ')}
        </Badge>
      ) : null}
      <Scopes of={[...far, ...scopes.filter(scope => !isHighRisk(scope))]} most={2} />
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
  { head: 'Requested scopes', cell: ({ scopes, policy }) => <AsksFor scopes={scopes} policy={policy} /> },
  {
    head: 'Redirects to',
    cell: ({ redirect_uris: uris }) => (
      <span title={uris.map(plainName).join('\n')}>
        {uris[0] === undefined ? 'nowhere' : <Name text={uris[0].replace('https://', '')} />}
        {uris.length > 1 ? ` +${uris.length - 1}` : null}
      </span>
    ),
  },
  {
    head: 'Registered by',
    cell: ({ source, owner, origin }) => (
      <Stack gap={2}>
        <span>{owner ? <Name text={owner.name} otherwise="deleted user" /> : SOURCES[source]}</span>
        {origin ? (
          <Text size="xs" c="dimmed">
            from {origin.network.replace('/32', '')}
            {origin.token_id === null ? '' : ', with an initial access token'}
            {origin.shared ? ', shared' : ''}
          </Text>
        ) : null}
      </Stack>
    ),
  },
]

const MODES: Record<ReturnType<typeof useSession>['rules']['client_registration'], string> = {
  open: 'Any application may register itself.',
  token: 'An application needs an initial access token to register itself.',
  closed: 'No application can register itself at this moment.',
}

/** Offers the network that it came from, and the host that it sends people to. */
function BlockItsPlace({ of: { origin, redirect_uris } }: { of: Pick<Client, 'origin' | 'redirect_uris'> }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const host = redirect_uris
    .map(uri => (URL.canParse(uri) ? new URL(uri).hostname : ''))
    .find(one => one.includes('.') && !/^[\d.]+$/.test(one))
  const known: BlockDraft[] = [
    ...(origin ? [{ subject: 'network' as const, value: origin.network }] : []),
    ...(host ? [{ subject: 'host' as const, value: host }] : []),
  ]
  return (
    <>
      <Button size="xs" variant="default" leftSection={<IconBan size={15} aria-hidden />} onClick={show}>
        Block
      </Button>
      {open ? <BlockDialog open onClose={close} known={known} /> : null}
    </>
  )
}

/** Loads the counts when the dialog opens. */
function DisableClient({ id }: { id: string }) {
  return <Ending act="disableClient" of={useAsk('clientImpact', { params: { id } })} />
}
