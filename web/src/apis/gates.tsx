import { Code, Group } from '@mantine/core'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { plainName } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { EditGate, type Gate, NEW_GATE } from './edit-gate.tsx'

/** Conditions for checks by proxies. */
export function Gates() {
  const gates = useAsk('listGates', {}, { every: 15_000 })
  const create = useChange('createGate')
  return (
    <Card
      title={t('Gates')}
      lead={t(
        'The conditions under which a proxy such as nginx, Caddy, Traefik or Envoy passes a request on to an API.',
      )}
      aside={
        <Group gap="xs">
          <CopyAs operation="listGates" size="xs" />
          <EditGate start={NEW_GATE} />
        </Group>
      }
    >
      <LoadedTable
        label={t('Gates')}
        from={gates}
        nothing={t('No gates yet. docs/proxies.md has the configuration for each proxy.')}
        keyOf={({ name }) => name}
        columns={[
          {
            head: t('Gate'),
            lead: true,
            cell: gate => (
              <span title={gate.address}>
                <b>{gate.name}</b> <Code fz={11}>{gate.address}</Code>
              </span>
            ),
          },
          {
            head: 'API',
            cell: ({ audience }) => (audience === null ? t('any') : <Code>{plainName(audience)}</Code>),
          },
          { head: t('Scopes'), cell: ({ scopes }) => <Scopes of={scopes} most={2} /> },
          { head: t('Profile of the gate'), cell: ({ profile }) => profile },
          {
            head: t('CORS preflights'),
            cell: ({ preflights }) => (preflights === 'check' ? t('checked') : t('allowed')),
          },
          {
            head: t('Change'),
            align: 'right',
            cell: gate => (
              <Group gap="xs" justify="flex-end">
                <EditGate start={gate} />
                <RowAction
                  ends="deleteGate"
                  title={t('Delete the gate {name}?', { name: gate.name })}
                  operation="deleteGate"
                  what={{ params: { name: gate.name } }}
                  done={t('Deleted')}
                  undo={() => create.mutateAsync({ body: bodyOf(gate) })}
                />
              </Group>
            ),
          },
        ]}
      />
    </Card>
  )
}

const bodyOf = ({ name, audience, scopes, profile, preflights }: Gate) => ({
  name,
  audience,
  scopes,
  profile,
  preflights,
})
