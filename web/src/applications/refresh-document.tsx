import { IconRefresh } from '@tabler/icons-react'
import { useChange } from '../api/use-ask.ts'
import { DirectAction } from '../show/change/direct-action.tsx'

/** Reads a document now, however fresh its copy is. */
export function RefreshDocument({ id, size = 'sm' }: { id: string; size?: string }) {
  const refresh = useChange('refreshClientDocument')
  const what = { params: { id } }
  return (
    <DirectAction
      size={size}
      label="Read now"
      operation="refreshClientDocument"
      what={what}
      run={() => refresh.mutateAsync(what)}
      busy={refresh.isPending}
      done="Asked for. What came of it stands beside it."
      icon={<IconRefresh size={15} aria-hidden />}
    />
  )
}
