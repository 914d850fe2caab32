import { SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../api/use-ask.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { useKnownScopes } from '../scopes/use-known-scopes.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { ClientSecretDialog } from './client-secret-dialog.tsx'
import { type Client, TYPES } from './words.ts'

const BLANK = {
  name: '',
  type: 'confidential' as Client['type'],
  redirects: '',
  scopes: undefined as string[] | undefined,
}

export const linesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

export function CreateApplication({ open, onClose }: { open: boolean; onClose(): void }) {
  const [draft, setDraft] = useState(BLANK)
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const known = useKnownScopes()
  const create = useChange('createClient')
  const change = (part: Partial<typeof BLANK>) => setDraft(before => ({ ...before, ...part }))
  const body = {
    name: draft.name.trim(),
    type: draft.type,
    redirect_uris: linesOf(draft.redirects),
    scopes: draft.scopes ?? (known?.free ? ['read'] : []),
  }
  return (
    <>
      <Confirm
        open={open}
        onClose={onClose}
        title="Register an application"
        action="Register"
        ready={body.name !== ''}
        aside={<CopyAs operation="createClient" what={{ body }} />}
        run={async () => {
          const { client, client_secret: secret } = await create.mutateAsync({ body })
          setDraft(BLANK)
          if (secret === null) go(`/applications/${encodeURIComponent(client.id)}`)
          else setMade({ id: client.id, secret })
        }}
      >
        <TextInput
          label="Name"
          description="People see this name on the consent page."
          required
          data-autofocus
          maxLength={100}
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <Stack gap={4}>
          <SegmentedControl
            aria-label="Type"
            value={draft.type}
            onChange={type => change({ type: type as Client['type'] })}
            data={Object.entries(TYPES).map(([value, { label }]) => ({ value, label }))}
          />
          <Text size="xs" c="dimmed">
            {TYPES[draft.type].says}
          </Text>
        </Stack>
        <Textarea
          label="Redirect addresses"
          description="One per line, exact. Programs on the same machine: http://127.0.0.1/callback, with any port. Without a page: urn:ietf:wg:oauth:2.0:oob"
          placeholder="https://app.example.com/callback"
          minRows={2}
          value={draft.redirects}
          onChange={event => change({ redirects: event.currentTarget.value })}
        />
        <ScopePicker label="Scopes it may request" value={body.scopes} onChange={scopes => change({ scopes })} />
      </Confirm>
      {made ? (
        <ClientSecretDialog
          id={made.id}
          secret={made.secret}
          onClose={() => {
            setMade(undefined)
            go(`/applications/${encodeURIComponent(made.id)}`)
          }}
        />
      ) : null}
    </>
  )
}
