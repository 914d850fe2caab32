import { useLocation } from 'wouter'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import type { Api } from './api-fields.tsx'

export function DeleteApi({ api: { id, name } }: { api: Api }) {
  const [, go] = useLocation()
  return (
    <RowAction
      size="sm"
      ends="deleteResourceServer"
      title={t('Delete {name}?', { name })}
      operation="deleteResourceServer"
      what={{ params: { id } }}
      done={t('Deleted')}
      onDone={() => go('/apis')}
    />
  )
}
