import { Button, Select, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { Confirm } from '../show/change/confirm.tsx'
import { OnceDialog } from '../show/change/once-dialog.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { type Column, DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { useNow, When } from '../show/value/when.tsx'
import { DAY } from '../span.ts'

type Token = Answer<'listRegistrationTokens'>['items'][number]

/** Initial access tokens (RFC 7591): with which applications register themselves where it is not open to all. */
export function InitialTokens() {
  const { may } = useSession()
  const tokens = useAsk('listRegistrationTokens', {}, { every: 15_000 })
  return (
    <Card
      title="Initial access tokens"
      lead="An application that shows one may register itself, also where registration is not open to all."
      aside={may('createRegistrationToken') ? <CreateToken /> : null}
    >
      <Loaded from={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">None is good at this moment.</Text>
          ) : (
            <DataTable label="Initial access tokens" rows={items} keyOf={({ id }) => id} columns={COLUMNS} />
          )
        }
      </Loaded>
    </Card>
  )
}

const COLUMNS: Column<Token>[] = [
  { head: 'Name', lead: true, cell: ({ name, hint }) => <Name text={name ?? hint} /> },
  { head: 'Good for', cell: ({ uses_left: left }) => (left === null ? 'any number' : `${left} more`) },
  {
    head: 'Scopes',
    cell: ({ scopes }) => (scopes ? <Scopes of={scopes} most={4} /> : 'all that are not for administrators'),
  },
  { head: 'Last used', cell: ({ last_used_at }) => <When at={last_used_at} otherwise="not yet" /> },
  { head: 'Ends', cell: ({ expires_at }) => <When at={expires_at} otherwise="never" /> },
  { head: 'End', align: 'right', cell: token => <RevokeToken token={token} /> },
]

function RevokeToken({ token: { id, name, hint } }: { token: Token }) {
  const { may } = useSession()
  const revoke = useChange('revokeRegistrationToken')
  if (!may('revokeRegistrationToken')) return null
  const what = { params: { id } }
  return (
    <RowAction
      ends="revokeRegistrationToken"
      title={`Revoke ${name ?? hint}?`}
      operation="revokeRegistrationToken"
      what={what}
      run={() => revoke.mutateAsync(what)}
      done="Revoked"
    />
  )
}

const LIVES = [
  { value: '1', label: 'One day' },
  { value: '7', label: 'One week' },
  { value: '30', label: '30 days' },
]
const BLANK = { name: '', uses: '1', days: '1', scopes: [] as string[] }

function CreateToken() {
  const [open, { open: show, close }] = useDisclosure(false)
  const [draft, setDraft] = useState(BLANK)
  const [made, setMade] = useState<Answer<'createRegistrationToken'>>()
  const now = useNow()
  const create = useChange('createRegistrationToken')
  const change = (part: Partial<typeof BLANK>) => setDraft(before => ({ ...before, ...part }))
  const body = {
    expires_at: now + Number(draft.days) * DAY,
    ...(draft.name.trim() !== '' && { name: draft.name.trim() }),
    ...(Number(draft.uses) > 0 && { uses: Number(draft.uses) }),
    ...(draft.scopes.length > 0 && { scopes: draft.scopes }),
  }
  return (
    <>
      <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={show}>
        New token
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title="Make an initial access token"
        action="Make it"
        aside={<CopyAs operation="createRegistrationToken" what={{ body }} />}
        run={async () => {
          setMade(await create.mutateAsync({ body }))
          setDraft(BLANK)
        }}
      >
        <TextInput
          label="Name"
          description="For whom it is. Only staff read it."
          maxLength={200}
          data-autofocus
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label="How many may register with it"
          description="Empty: any number, until it ends."
          inputMode="numeric"
          maxLength={6}
          value={draft.uses}
          onChange={event => change({ uses: event.currentTarget.value.replace(/\D/g, '') })}
        />
        <Select
          label="Ends in"
          data={LIVES}
          value={draft.days}
          allowDeselect={false}
          onChange={days => days && change({ days })}
        />
        <ScopePicker
          label="Scopes"
          description="The most that these applications may ask people for."
          none="All that are not for administrators"
          value={draft.scopes}
          onChange={scopes => change({ scopes })}
        />
      </Confirm>
      {made ? (
        <OnceDialog
          title="Your new initial access token: store it now"
          says={
            <Text size="sm">
              It is shown this once. An application sends it as a bearer token when it registers itself.
            </Text>
          }
          secret={made.token}
          masked={`clv_iat_${'•'.repeat(24)}`}
          env={`CLAVIGER_REGISTRATION_TOKEN=${made.token}\n`}
          onClose={() => setMade(undefined)}
        />
      ) : null}
    </>
  )
}
