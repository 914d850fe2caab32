import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan } from '@tabler/icons-react'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { Ending } from '../show/change/ending.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { notice } from '../show/page/notices.tsx'
import { type Credential, kindLabel } from '../show/value/words.ts'

export function Revoke({ credential: { id, kind } }: { credential: Credential }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const impact = useAsk('credentialImpact', { params: { id } }, { enabled: open })
  const revoke = useChange('revokeCredential')
  return (
    <>
      <Button variant="default" leftSection={<IconBan size={16} aria-hidden />} onClick={show}>
        {t('Revoke')}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={t('Revoke this credential ({kind})?', { kind: t(kindLabel(kind)) })}
        action={t('Revoke it')}
        danger
        aside={<CopyAs operation="revokeCredential" what={{ params: { id } }} />}
        run={async () => {
          await revoke.mutateAsync({ params: { id } })
          notice(t('Revoked. It is refused from now on.'))
        }}
      >
        <Ending act="revokeCredential" of={impact} />
      </Confirm>
    </>
  )
}
