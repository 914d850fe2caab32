import { IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { ENDINGS } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import type { Client } from './words.ts'

export function ApplicationActions({ client }: { client: Client }) {
  const { may } = useSession()
  const [, go] = useLocation()
  const params = { id: client.id }
  const impact = useAsk('clientImpact', { params })
  const change = useChange('changeClient')
  const remove = useChange('deleteClient')
  const setActive = { params, body: { active: !client.active } }
  const ends = client.source === 'document' ? 'blockClient' : 'disableClient'
  return (
    <>
      {may('changeClient') && client.active ? (
        <RowAction
          size="sm"
          ends={ends}
          icon={<IconPlayerPause size={16} aria-hidden />}
          title={`${ENDINGS[ends].word} ${client.name}?`}
          says={<Ending act={ends} of={impact} />}
          operation="changeClient"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          done={`${ends === 'blockClient' ? 'Blocked' : 'Disabled'}. Its tokens are refused.`}
          {...(ends === 'disableClient' && {
            undo: () => change.mutateAsync({ params, body: { active: true } }),
          })}
        />
      ) : null}
      {may('changeClient') && !client.active ? (
        <DirectAction
          label={client.source === 'document' ? 'Let it in again' : 'Enable'}
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
          ends="deleteClient"
          icon={<IconTrash size={16} aria-hidden />}
          title={`Delete ${client.name}?`}
          says={<Ending act="deleteClient" of={impact} />}
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
