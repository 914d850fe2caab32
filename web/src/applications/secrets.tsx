import { Code, Group, Select, Stack, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk } from '../api/use-ask.ts'
import { OVERLAPS } from '../credentials/overlaps.ts'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { When } from '../show/value/when.tsx'
import { ClientSecretDialog } from './client-secret-dialog.tsx'
import type { Client } from './words.ts'

/** Secrets of a client by hint and expiry, never the secrets themselves. */
export function Secrets({ client: { id } }: { client: Client }) {
  const [overlap, setOverlap] = useState<string | null>('86400')
  const [made, setMade] = useState<string>()
  const params = { id }
  return (
    <Stack gap="md">
      <LoadedTable
        from={useAsk('listClientSecrets', { params })}
        label={t('Secrets')}
        keyOf={({ id }) => id}
        columns={[
          { head: t('Secret'), lead: true, cell: ({ hint }) => <Code>{hint}</Code> },
          { head: t('Created'), cell: ({ created_at }) => <When at={created_at} /> },
          { head: t('Expires'), cell: ({ expires_at }) => <When at={expires_at} /> },
        ]}
      />
      <Group>
        <AskingButton
          label={t('Rotate the secret')}
          icon={<IconRefresh size={16} aria-hidden />}
          title={t('Rotate the secret?')}
          action={t('Rotate it')}
          operation="rotateClientSecret"
          what={{ params, body: { overlap_seconds: Number(overlap) } }}
          onDone={({ client_secret }) => setMade(client_secret)}
        >
          <Text size="sm">
            {t('The present secrets work until the overlap ends. Deploy the new secret before that.')}
          </Text>
          <Select label={t('Overlap')} data={OVERLAPS} value={overlap} onChange={setOverlap} allowDeselect={false} />
        </AskingButton>
      </Group>
      {made ? <ClientSecretDialog id={id} secret={made} onClose={() => setMade(undefined)} /> : null}
    </Stack>
  )
}
