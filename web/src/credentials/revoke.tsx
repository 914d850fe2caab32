import { IconBan } from '@tabler/icons-react'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { type Credential, kindLabel } from '../show/value/words.ts'

export const Revoke = ({ credential: { id, kind } }: { credential: Credential }) => (
  <RowAction
    size="sm"
    ends="revokeCredential"
    label={t('Revoke')}
    icon={<IconBan size={16} aria-hidden />}
    title={t('Revoke this credential ({kind})?', { kind: t(kindLabel(kind)) })}
    action={t('Revoke it')}
    counts={['credentialImpact', { params: { id } }]}
    operation="revokeCredential"
    what={{ params: { id } }}
    done={t('Revoked. It is refused from now on.')}
  />
)
