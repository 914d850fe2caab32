import { Button, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useChange } from '../api/use-ask.ts'
import { Confirm } from '../show/confirm.tsx'
import { CopyAs } from '../show/copy-as.tsx'
import type { Credential } from '../show/words.ts'
import { OVERLAPS } from './overlaps.ts'
import { SecretDialog } from './secret-dialog.tsx'

export function Rotate({ credential: { id } }: { credential: Credential }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const [overlap, setOverlap] = useState('86400')
  const [made, setMade] = useState<Answer<'rotateCredential'>>()
  const [, go] = useLocation()
  const rotate = useChange('rotateCredential')
  const what = { params: { id }, body: { overlap_seconds: Number(overlap) } }
  return (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={show}>
        Rotate
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title="Replace it by a new one?"
        action="Make the new one"
        aside={<CopyAs operation="rotateCredential" what={what} />}
        run={async () => setMade(await rotate.mutateAsync(what))}
      >
        <Text>
          The new one has the same name, owner and scopes. Both work until the overlap ends, so there is time to put the
          new one in place. You see here which of them is still used.
        </Text>
        <Select
          label="Overlap"
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
