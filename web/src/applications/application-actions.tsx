import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { BlastRadius } from '../credentials/blast-radius.tsx'
import { notice } from '../show/notices.tsx'
import { RowAction } from '../show/row-action.tsx'
import type { Client } from './words.ts'

export function ApplicationActions({ client }: { client: Client }) {
  const { may } = useSession()
  const [, go] = useLocation()
  const params = { id: client.id }
  const impact = useAsk('clientImpact', { params })
  const change = useChange('changeClient')
  const remove = useChange('deleteClient')
  const setActive = { params, body: { active: !client.active } }
  return (
    <>
      {may('clients:write') && client.active ? (
        <RowAction
          size="sm"
          label="Disable"
          reversible
          icon={<IconPlayerPause size={16} aria-hidden />}
          title={`Disable ${client.name}?`}
          says={<BlastRadius of={impact} what="This application" reversible />}
          operation="changeClient"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          done="Disabled. Nothing of it works any more."
        />
      ) : null}
      {may('clients:write') && !client.active ? (
        <Button
          variant="light"
          loading={change.isPending}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() =>
            void change.mutateAsync(setActive).then(
              () => notice('Enabled again'),
              (error: Error) => notice(error.message, 'bad'),
            )
          }
        >
          Enable
        </Button>
      ) : null}
      {may('clients:delete') ? (
        <RowAction
          size="sm"
          label="Delete"
          icon={<IconTrash size={16} aria-hidden />}
          title={`Delete ${client.name}?`}
          says={<BlastRadius of={impact} what="This application" />}
          operation="deleteClient"
          what={{ params }}
          run={async () => {
            await remove.mutateAsync({ params })
            go('/applications')
          }}
          done="Deleted"
        />
      ) : null}
    </>
  )
}
