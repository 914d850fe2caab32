import { IconRefresh } from '@tabler/icons-react'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'

/** Reads a document now, even if its copy is up to date. */
export const RefreshDocument = ({ id, size = 'sm' }: { id: string; size?: string }) => (
  <DirectAction
    size={size}
    label={t('Read now')}
    operation="refreshClientDocument"
    what={{ params: { id } }}
    done={t('Read. The state shows the result.')}
    icon={<IconRefresh size={15} aria-hidden />}
  />
)
