import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { BlastRadius } from '../credentials/blast-radius.tsx'
import { DirectAction } from '../show/direct-action.tsx'
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
      {may('changeClient') && client.active ? (
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
      {may('changeClient') && !client.active ? (
        <DirectAction
          label="Enable"
          operation="changeClient"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          busy={change.isPending}
          done="Enabled again"
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      ) : null}
      {may('deleteClient') ? (
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
