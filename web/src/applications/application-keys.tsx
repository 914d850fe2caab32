import { Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Body } from '../../../src/wire/admin/contract.ts'
import { Card } from '../show/card.tsx'
import { ChangeForm } from '../show/change-form.tsx'
import type { Client } from './words.ts'

/** Public keys of a confidential application, in place of a secret or in addition to one. */
export function ApplicationKeys({ client }: { client: Client }) {
  const [draft, setDraft] = useState({
    jwks: client.jwks ? JSON.stringify(client.jwks, undefined, 2) : '',
    uri: client.jwks_uri ?? '',
  })
  const keys = readKeys(draft.jwks)
  const broken = keys === 'unreadable' ? 'This is no JSON Web Key Set: {"keys": [...]}' : undefined
  const both =
    draft.jwks.trim() !== '' && draft.uri.trim() !== '' ? 'Either keys or their address, not both.' : undefined
  const what = {
    params: { id: client.id },
    body: draft.uri.trim() ? { jwks_uri: draft.uri.trim() } : { jwks: keys === 'unreadable' ? null : keys },
  }
  return (
    <Card title="Keys">
      <ChangeForm operation="changeClient" what={what} action="Save keys" ready={!broken && !both}>
        <Text size="sm">
          With a key of its own an application proves itself without a secret that could leak (private_key_jwt). Only
          public keys belong here.
        </Text>
        <Textarea
          label="Public keys"
          description="A JSON Web Key Set. Empty: none."
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
          label="Address of its keys"
          description="Where the application publishes them, with https. Read anew when it names a key that is not known."
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
