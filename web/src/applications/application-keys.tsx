import { Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Body } from '../../../src/wire/admin/contract.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { Card } from '../show/page/card.tsx'
import type { Client } from './words.ts'

/** Public keys of a confidential application, in place of a secret or in addition to one. */
export function ApplicationKeys({ client }: { client: Client }) {
  const [draft, setDraft] = useState({
    jwks: client.jwks ? JSON.stringify(client.jwks, undefined, 2) : '',
    uri: client.jwks_uri ?? '',
  })
  const keys = readKeys(draft.jwks)
  const broken = keys === 'unreadable' ? 'This is not a JSON Web Key Set. It looks like {"keys": [...]}.' : undefined
  const both =
    draft.jwks.trim() !== '' && draft.uri.trim() !== '' ? 'Enter the keys or their address, not both.' : undefined
  const what = {
    params: { id: client.id },
    body: draft.uri.trim() ? { jwks_uri: draft.uri.trim() } : { jwks: keys === 'unreadable' ? null : keys },
  }
  return (
    <Card title="Keys">
      <ChangeForm operation="changeClient" what={what} action="Save keys" ready={!broken && !both}>
        <Text size="sm">
          With its own key pair, an application signs in without a shared secret (private_key_jwt). Enter only public
          keys here.
        </Text>
        <Textarea
          label="Public keys"
          description="A JSON Web Key Set. Leave empty for none."
          autosize
          minRows={2}
          maxRows={10}
          value={draft.jwks}
          error={broken ?? both}
          onChange={event => {
            const jwks = event.currentTarget.value
            setDraft(before => ({ ...before, jwks }))
          }}
        />
        <TextInput
          label="Address of the keys"
          description="An https address (jwks_uri). This server reads it again when the application uses a new key."
          value={draft.uri}
          onChange={event => {
            const uri = event.currentTarget.value
            setDraft(before => ({ ...before, uri }))
          }}
        />
      </ChangeForm>
    </Card>
  )
}

type Keys = NonNullable<Body<'changeClient'>['jwks']>

function readKeys(text: string): Keys | null | 'unreadable' {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'keys' in value ? (value as Keys) : 'unreadable'
  } catch {
    return 'unreadable'
  }
}
