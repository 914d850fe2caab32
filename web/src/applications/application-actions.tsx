import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { ApplicationEnding, StopApplication } from './stop-application.tsx'
import type { Client } from './words.ts'

export function ApplicationActions({ client }: { client: Client }) {
  const { may } = useSession()
  const [, go] = useLocation()
  const params = { id: client.id }
  const change = useChange('changeClient')
  const remove = useChange('deleteClient')
  const enable = { params, body: { active: true } }
  const described = client.source === 'document'
  return (
    <>
      {may('changeClient') && client.active ? (
        <StopApplication size="sm" of={client} ends={described ? 'blockClient' : 'disableClient'} />
      ) : null}
      {may('changeClient') && !client.active ? (
        <DirectAction
          label={described ? t('Unblock') : t('Enable')}
          operation="changeClient"
          what={enable}
          run={() => change.mutateAsync(enable)}
          busy={change.isPending}
          done={described ? t('Unblocked. It can ask for access again.') : t('Enabled')}
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      ) : null}
      {may('deleteClient') ? (
        <RowAction
          size="sm"
          ends="deleteClient"
          icon={<IconTrash size={16} aria-hidden />}
          title={t('Delete {name}?', { name: client.name })}
          says={<ApplicationEnding act="deleteClient" id={client.id} />}
          operation="deleteClient"
          what={{ params }}
          run={async () => {
            await remove.mutateAsync({ params })
            go('/applications')
          }}
          done={t('Deleted')}
        />
      ) : null}
    </>
  )
}
