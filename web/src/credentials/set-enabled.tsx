import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { type Credential, kindLabel } from '../show/value/words.ts'

/** Disables or enables the credential. Placed before the actions that cannot be undone. */
export function SetEnabled({ credential: { id, kind, disabled_at } }: { credential: Credential }) {
  const params = { id }
  if (disabled_at !== null)
    return (
      <DirectAction
        label={t('Enable')}
        operation="changeCredential"
        what={{ params, body: { active: true } }}
        done={t('Enabled. It works again.')}
        icon={<IconPlayerPlay size={16} aria-hidden />}
      />
    )
  return (
    <AskingButton
      label={t('Disable')}
      icon={<IconPlayerPause size={16} aria-hidden />}
      title={t('Disable this credential ({kind})?', { kind: t(kindLabel(kind)) })}
      action={t('Disable it')}
      operation="changeCredential"
      what={{ params, body: { active: false } }}
      done={t('Disabled. It is refused until it is enabled again.')}
    >
      <Ending act="disableCredential" of={['credentialImpact', { params }]} />
    </AskingButton>
  )
}
