import { SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { useKnownScopes } from '../scopes/use-known-scopes.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { ClientSecretDialog } from './client-secret-dialog.tsx'
import { type Client, choicesOf, hrefOf, linesOf, TYPES, TYPES_MEAN } from './words.ts'

export function CreateApplication({ open, onClose }: { open: boolean; onClose(): void }) {
  const known = useKnownScopes()
  const draft = useDraft({
    name: '',
    type: 'confidential' as Client['type'],
    redirect_uris: '',
    scopes: known?.free ? ['read'] : [],
  })
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const create = useChange('createClient')
  const { name, type, redirect_uris, scopes } = draft.values
  const body = { name: name.trim(), type, redirect_uris: linesOf(redirect_uris), scopes }
  return (
    <>
      <Confirm
        open={open}
        onClose={onClose}
        title={t('Register an application')}
        action={t('Register')}
        ready={body.name !== ''}
        draft={draft}
        aside={<CopyAs operation="createClient" what={{ body }} />}
        run={async () => {
          const { client, client_secret: secret } = await create.mutateAsync({ body })
          if (secret === null) go(hrefOf(client.id))
          else setMade({ id: client.id, secret })
        }}
      >
        <TextInput
          label={t('Name')}
          description={t('Users see this name on the consent page.')}
          required
          data-autofocus
          maxLength={100}
          {...draft.text('name')}
        />
        <Stack gap={4}>
          <SegmentedControl
            aria-label={t('Type')}
            value={type}
            onChange={chosen => draft.change({ type: chosen as Client['type'] })}
            data={choicesOf(TYPES)}
          />
          <Text size="xs" c="dimmed">
            {TYPES_MEAN[type]}
          </Text>
        </Stack>
        <Textarea
          label={t('Redirect addresses')}
          description={t(
            'One per line, exact. Programs on the same machine: http://127.0.0.1/callback, with any port. Without a page: urn:ietf:wg:oauth:2.0:oob',
          )}
          placeholder="https://app.example.com/callback"
          minRows={2}
          {...draft.text('redirect_uris')}
        />
        <ScopePicker label={t('Scopes it may request')} {...draft.pick('scopes')} />
      </Confirm>
      {made ? (
        <ClientSecretDialog
          {...made}
          onClose={() => {
            setMade(undefined)
            go(hrefOf(made.id))
          }}
        />
      ) : null}
    </>
  )
}
