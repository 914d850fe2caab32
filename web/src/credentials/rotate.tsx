import { Button, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { Ending } from '../show/change/ending.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import type { Credential } from '../show/value/words.ts'
import { OVERLAPS } from './overlaps.ts'
import { SecretDialog } from './secret-dialog.tsx'

export function Rotate({ credential: { id } }: { credential: Credential }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const [overlap, setOverlap] = useState('86400')
  const [made, setMade] = useState<Answer<'rotateCredential'>>()
  const [, go] = useLocation()
  const impact = useAsk('credentialImpact', { params: { id } }, { enabled: open })
  const rotate = useChange('rotateCredential')
  const what = { params: { id }, body: { overlap_seconds: Number(overlap) } }
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={show}>
        {t('Rotate')}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={t('Rotate the secret?')}
        action={t('Rotate it')}
        aside={<CopyAs operation="rotateCredential" what={what} />}
        run={async () => setMade(await rotate.mutateAsync(what))}
      >
        <Ending act="rotateCredential" of={impact} />
        <Text size="sm">
          {t(
            'The new credential has the same name, owner and scopes. This page shows whether the old one is still used.',
          )}
        </Text>
        <Select
          label={t('Overlap')}
          data={OVERLAPS}
          value={overlap}
          onChange={value => setOverlap(value ?? '86400')}
          allowDeselect={false}
        />
      </Confirm>
      {made ? (
        <SecretDialog
          made={made}
          onClose={() => {
            setMade(undefined)
            go(`/credentials/${made.credential.id}`)
          }}
        />
      ) : null}
    </>
  )
}
