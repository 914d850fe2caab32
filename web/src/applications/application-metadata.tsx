import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Ask } from '../api/ask.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { Card } from '../show/page/card.tsx'
import { linesOf } from './create-application.tsx'
import type { Client } from './words.ts'

type Field = {
  name: string
  label: string
  description: string
  is?: 'lines'
  choices?: readonly { value: string; label: string }[]
}

/** The names are those of RFC 7591 and OpenID Connect registration. */
const SEEN: readonly Field[] = [
  {
    name: 'logo_uri',
    label: 'Logo',
    description: 'The address of a PNG, JPEG, GIF or WebP picture. Users see it when they are asked.',
  },
  { name: 'policy_uri', label: 'Privacy policy', description: 'The address of a page for users.' },
  { name: 'tos_uri', label: 'Terms of service', description: 'The address of a page for users.' },
]
const SIGN_IN: readonly Field[] = [
  {
    name: 'post_logout_redirect_uris',
    label: 'Addresses after signing out',
    description: 'One per line. The browser may go to one of them after a user signed out.',
    is: 'lines',
  },
  {
    name: 'backchannel_logout_uri',
    label: 'Address for sign-outs',
    description: 'This server sends a logout token there when a user signs out (back-channel logout). Needs https.',
  },
  {
    name: 'id_token_signed_response_alg',
    label: 'Signature of id tokens',
    description: 'Most client libraries expect RS256.',
    choices: [
      { value: 'RS256', label: 'RS256' },
      { value: 'ES256', label: 'ES256' },
      { value: 'EdDSA', label: 'EdDSA' },
    ],
  },
  {
    name: 'subject_type',
    label: 'How the application knows a user',
    description: 'With an id of its own, two applications cannot find out that a user is the same.',
    choices: [
      { value: 'public', label: 'By the id of the account' },
      { value: 'pairwise', label: 'By an id that only this application gets' },
    ],
  },
]

/** What users see of an application, and how it takes part in OpenID Connect. */
export function ApplicationMetadata({ client }: { client: Client }) {
  return (
    <>
      <MetadataForm client={client} title="What users see" fields={SEEN} />
      <MetadataForm client={client} title="Sign-in with OpenID Connect" fields={SIGN_IN} />
    </>
  )
}

function MetadataForm({ client, title, fields }: { client: Client; title: string; fields: readonly Field[] }) {
  const [draft, setDraft] = useState(() =>
    Object.fromEntries(fields.map(({ name }) => [name, asText(client.metadata[name])])),
  )
  const change = (name: string) => (value: string | null) => setDraft(before => ({ ...before, [name]: value ?? '' }))
  const metadata = Object.fromEntries(fields.map(({ name, is }) => [name, asValue(draft[name] ?? '', is)]))
  const what: Ask<'changeClient'> = { params: { id: client.id }, body: { metadata } }
  return (
    <Card title={title}>
      <ChangeForm operation="changeClient" what={what}>
        {fields.map(({ name, label, description, is, choices }) =>
          choices ? (
            <Select
              key={name}
              label={label}
              description={description}
              data={choices}
              value={draft[name] || (choices[0]?.value ?? null)}
              onChange={change(name)}
              allowDeselect={false}
            />
          ) : is === 'lines' ? (
            <Textarea
              key={name}
              label={label}
              description={description}
              autosize
              minRows={2}
              value={draft[name] ?? ''}
              onChange={event => change(name)(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              key={name}
              label={label}
              description={description}
              value={draft[name] ?? ''}
              onChange={event => change(name)(event.currentTarget.value)}
            />
          ),
        )}
      </ChangeForm>
    </Card>
  )
}

const asText = (value: unknown): string =>
  Array.isArray(value) ? value.join('\n') : value === undefined ? '' : String(value)

/** `null` removes the value. */
function asValue(text: string, is: Field['is']): string | string[] | null {
  if (text.trim() === '') return null
  return is === 'lines' ? linesOf(text) : text.trim()
}
