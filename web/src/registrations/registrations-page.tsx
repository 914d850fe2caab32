import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { isHighRisk } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { usePages } from '../api/use-ask.ts'
import { ApplicationName } from '../applications/application-name.tsx'
import { StopApplication } from '../applications/stop-application.tsx'
import { type Client, SOURCES, TYPES } from '../applications/words.ts'
import { counted, t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Empty } from '../show/page/empty.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Address, Name, plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { BlockButton, type BlockDraft } from './block-button.tsx'
import { Blocks } from './blocks.tsx'
import { InitialTokens } from './initial-tokens.tsx'

const query = { review: 'waiting' } as const

/** Applications that registered themselves and are not reviewed, with what they request. */
export default function RegistrationsPage() {
  const { may, rules } = useSession()
  const list = usePages('listClients', { query }, { every: 15_000 })
  const count = list.items?.length ?? 0
  const applications = counted(count, 'application')
  return (
    <>
      <PageHead
        title={t('Registrations')}
        lead={
          count === 0
            ? t('Applications that register themselves work at once. They are listed here until someone reviews them.')
            : t(
                'Registered and not reviewed: {applications}. They already work. Approve removes an application from this list, Disable stops it.',
                { applications: list.hasNextPage ? t('{applications} and more', { applications }) : applications },
              )
        }
        actions={<CopyAs operation="listClients" what={{ query }} />}
      />
      <ListView
        label={t('Registrations')}
        noun="application"
        list={list}
        columns={may('changeClient') ? [...COLUMNS, DECIDE] : COLUMNS}
        keyOf={({ id }) => id}
        nothing={
          <Empty title={t('Nothing to review')}>
            {t('Every application that registered itself has been reviewed.')} {MODES[rules.client_registration]}
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

const MODES: Record<ReturnType<typeof useSession>['rules']['client_registration'], string> = {
  open: t('Any application may register itself.'),
  token: t('An application needs an initial access token to register itself.'),
  closed: t('No application may register itself at present.'),
}

function AsksFor({ of: { scopes, policy } }: { of: Client }) {
  if (policy.allowed_scopes === 'unreserved') return t('any scope that is not for administrators')
  const far = scopes.filter(isHighRisk)
  return (
    <Group gap="xs" wrap="nowrap">
      {far.length > 0 ? (
        <Badge color="orange" variant="light" tt="none">
          {t('high risk: {scopes}', { scopes: far.join(' ') })}
        </Badge>
      ) : null}
      <Scopes of={[...far, ...scopes.filter(scope => !isHighRisk(scope))]} most={2} />
    </Group>
  )
}

function RegisteredBy({ of: { source, owner, origin } }: { of: Client }) {
  const details = origin && [
    t('from {network}', { network: origin.network.replace('/32', '') }),
    ...(origin.token_id === null ? [] : [t('with an initial access token')]),
    ...(origin.shared ? [t('shared registration')] : []),
  ]
  return (
    <Stack gap={2}>
      <span>{owner ? <Name text={owner.name} otherwise={t('deleted user')} /> : SOURCES[source]}</span>
      {details ? (
        <Text size="xs" c="dimmed">
          {details.join(', ')}
        </Text>
      ) : null}
    </Stack>
  )
}

const COLUMNS: Column<Client>[] = [
  {
    head: t('Name'),
    lead: true,
    cell: client => (
      <ApplicationName of={client}>
        {TYPES[client.type]}, <When at={client.created_at} />
      </ApplicationName>
    ),
  },
  { head: t('Requested scopes'), cell: client => <AsksFor of={client} /> },
  {
    head: t('Redirect addresses'),
    cell: ({ redirect_uris: uris }) => (
      <span title={uris.map(plainName).join('\n')}>
        {uris[0] === undefined ? t('none') : <Address of={plainName(uris[0].replace('https://', ''))} />}
        {uris.length > 1 ? ` +${uris.length - 1}` : null}
      </span>
    ),
  },
  { head: t('Registered by'), cell: client => <RegisteredBy of={client} /> },
]

const DECIDE: Column<Client> = {
  head: t('Actions'),
  align: 'right',
  cell: client => (
    <Group gap={6} justify="flex-end">
      <DirectAction
        size="xs"
        label={t('Approve')}
        operation="changeClient"
        what={{ params: { id: client.id }, body: { reviewed: true } }}
        done={t('Approved. The application works as before.')}
        icon={<IconCheck size={15} aria-hidden />}
      />
      <StopApplication of={client} />
      <BlockItsOrigin of={client} />
    </Group>
  ),
}

/** Offers the network that it came from, and the host that it redirects to. */
function BlockItsOrigin({ of: { origin, redirect_uris } }: { of: Client }) {
  if (!origin) return null
  const host = redirect_uris
    .map(uri => (URL.canParse(uri) ? new URL(uri).hostname : ''))
    .find(one => one.includes('.') && !/^[\d.]+$/.test(one))
  const known: BlockDraft[] = [{ subject: 'network', value: origin.network }]
  if (host) known.push({ subject: 'host', value: host })
  return <BlockButton known={known} />
}
