import { Select, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { Ending } from '../show/change/ending.tsx'
import type { Credential } from '../show/value/words.ts'
import { OVERLAPS } from './overlaps.ts'
import { SecretDialog } from './secret-dialog.tsx'

export function Rotate({ credential: { id } }: { credential: Credential }) {
  const [overlap, setOverlap] = useState('86400')
  const [made, setMade] = useState<Answer<'rotateCredential'>>()
  const [, go] = useLocation()
  const params = { id }
  return (
    <>
      <AskingButton
        label={t('Rotate')}
        icon={<IconRefresh size={16} aria-hidden />}
        title={t('Rotate the secret?')}
        action={t('Rotate it')}
        operation="rotateCredential"
        what={{ params, body: { overlap_seconds: Number(overlap) } }}
        onDone={setMade}
      >
        <Ending act="rotateCredential" of={['credentialImpact', { params }]} />
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
      </AskingButton>
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
