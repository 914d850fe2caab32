import { IconRefresh } from '@tabler/icons-react'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'

/** Reads a document now, even if its copy is up to date. */
export function RefreshDocument({ id, size = 'sm' }: { id: string; size?: string }) {
  const refresh = useChange('refreshClientDocument')
  const what = { params: { id } }
  return (
    <DirectAction
      size={size}
      label={t('Read now')}
      operation="refreshClientDocument"
      what={what}
      run={() => refresh.mutateAsync(what)}
      busy={refresh.isPending}
      done={t('Read. The state shows the result.')}
      icon={<IconRefresh size={15} aria-hidden />}
    />
  )
}
