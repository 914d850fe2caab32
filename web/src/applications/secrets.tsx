import { Button, Code, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { OVERLAPS } from '../credentials/overlaps.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { When } from '../show/value/when.tsx'
import { ClientSecretDialog } from './client-secret-dialog.tsx'
import type { Client } from './words.ts'

/** Secrets of a client by hint and end, never the secrets themselves. */
export function Secrets({ client }: { client: Client }) {
  const { may } = useSession()
  const [open, { open: show, close }] = useDisclosure(false)
  const [overlap, setOverlap] = useState('86400')
  const [made, setMade] = useState<string>()
  const secrets = useAsk('listClientSecrets', { params: { id: client.id } })
  const rotate = useChange('rotateClientSecret')
  const what = { params: { id: client.id }, body: { overlap_seconds: Number(overlap) } }
  return (
    <Stack gap="md" align="stretch">
      <Loaded from={secrets}>
        {({ items }) => (
          <DataTable
            label="Secrets"
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { head: 'Secret', lead: true, cell: ({ hint }) => <Code>{hint}</Code> },
              { head: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
              { head: 'Ends', cell: ({ expires_at }) => <When at={expires_at} /> },
            ]}
          />
        )}
      </Loaded>
      {may('rotateClientSecret') ? (
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={show}
          style={{ alignSelf: 'flex-start' }}
        >
          Rotate the secret
        </Button>
      ) : null}
      <Confirm
        open={open}
        onClose={close}
        title="Rotate the secret?"
        action="Rotate it"
        aside={<CopyAs operation="rotateClientSecret" what={what} />}
        run={async () => setMade((await rotate.mutateAsync(what)).client_secret)}
      >
        <Text size="sm">The present secrets work until the overlap ends, so you have time to deploy the new one.</Text>
        <Select
          label="Overlap"
          data={OVERLAPS}
          value={overlap}
          onChange={value => setOverlap(value ?? '86400')}
          allowDeselect={false}
        />
      </Confirm>
      {made ? <ClientSecretDialog id={client.id} secret={made} onClose={() => setMade(undefined)} /> : null}
    </Stack>
  )
}
