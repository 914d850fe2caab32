import { IconBan, IconPlayerPause } from '@tabler/icons-react'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import type { Client } from './words.ts'

type Stopped = Pick<Client, 'id'> & { name: string | null }
type Props = { of: Stopped; ends?: 'disableClient' | 'blockClient'; size?: string }

/** Disables an application, or blocks one that has a metadata document. */
export function StopApplication({ of: { id, name }, ends = 'disableClient', size = 'xs' }: Props) {
  const change = useChange('changeClient')
  const params = { id }
  const blocks = ends === 'blockClient'
  const Icon = blocks ? IconBan : IconPlayerPause
  const values = { name: name ?? id }
  return (
    <RowAction
      ends={ends}
      size={size}
      icon={<Icon size={15} aria-hidden />}
      title={blocks ? t('Block {name}?', values) : t('Disable {name}?', values)}
      counts={['clientImpact', { params }]}
      operation="changeClient"
      what={{ params, body: { active: false } }}
      done={blocks ? t('Blocked. Its tokens have ended.') : t('Disabled. Its tokens are refused.')}
      {...(!blocks && { undo: () => change.mutateAsync({ params, body: { active: true } }) })}
    />
  )
}
