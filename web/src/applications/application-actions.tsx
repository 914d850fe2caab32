import { IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { StopApplication } from './stop-application.tsx'
import type { Client } from './words.ts'

export function ApplicationActions({ client }: { client: Client }) {
  const [, go] = useLocation()
  const params = { id: client.id }
  const described = client.source === 'document'
  return (
    <>
      {client.active ? (
        <StopApplication size="sm" of={client} ends={described ? 'blockClient' : 'disableClient'} />
      ) : (
        <DirectAction
          label={described ? t('Unblock') : t('Enable')}
          operation="changeClient"
          what={{ params, body: { active: true } }}
          done={described ? t('Unblocked. It can ask for access again.') : t('Enabled')}
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      )}
      <RowAction
        size="sm"
        ends="deleteClient"
        icon={<IconTrash size={16} aria-hidden />}
        title={t('Delete {name}?', { name: client.name })}
        counts={['clientImpact', { params }]}
        operation="deleteClient"
        what={{ params }}
        done={t('Deleted')}
        onDone={() => go('/applications')}
      />
    </>
  )
}
