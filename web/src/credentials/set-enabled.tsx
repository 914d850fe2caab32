import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { notice } from '../show/page/notices.tsx'
import { type Credential, kindLabel } from '../show/value/words.ts'

/** Disables or enables the credential. Placed before the actions that cannot be undone. */
export function SetEnabled({ credential: { id, kind, disabled_at } }: { credential: Credential }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const impact = useAsk('credentialImpact', { params: { id } }, { enabled: open })
  const change = useChange('changeCredential')
  const params = { id }
  if (disabled_at !== null)
    return (
      <DirectAction
        label={t('Enable')}
        operation="changeCredential"
        what={{ params, body: { active: true } }}
        run={() => change.mutateAsync({ params, body: { active: true } })}
        busy={change.isPending}
        done={t('Enabled. It works again.')}
        icon={<IconPlayerPlay size={16} aria-hidden />}
      />
    )
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={show}>
        {t('Disable')}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={t('Disable this credential ({kind})?', { kind: t(kindLabel(kind)) })}
        action={t('Disable it')}
        aside={<CopyAs operation="changeCredential" what={{ params, body: { active: false } }} />}
        run={async () => {
          await change.mutateAsync({ params, body: { active: false } })
          notice(t('Disabled. It is refused until it is enabled again.'))
        }}
      >
        <Ending act="disableCredential" of={impact} />
      </Confirm>
    </>
  )
}
