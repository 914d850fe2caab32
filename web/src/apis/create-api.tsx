import { TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ClientSecretDialog } from '../applications/client-secret-dialog.tsx'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { ApiFields, type Wanted } from './api-fields.tsx'

const BLANK: Wanted & { audience: string; scopes: string[] } = {
  audience: '',
  name: '',
  scopes: [],
  token_format: 'opaque',
  strict_audience: false,
  key_consent: false,
  rolling_exp_seconds: null,
}

export function CreateApi({ open, onClose }: { open: boolean; onClose(): void }) {
  const draft = useDraft(BLANK)
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const body = { ...draft.values, name: draft.values.name.trim(), audience: draft.values.audience.trim() }
  return (
    <>
      <Confirm
        open={open}
        onClose={onClose}
        title={t('Register an API')}
        action={t('Register')}
        ready={body.name !== '' && body.audience !== ''}
        draft={draft}
        operation="createResourceServer"
        what={{ body }}
        onDone={({ resource_server: { id }, client_secret: secret }) => setMade({ id, secret })}
      >
        <TextInput label={t('Name')} required data-autofocus maxLength={100} {...draft.text('name')} />
        <TextInput
          label={t('Address (audience)')}
          description={t('Clients request tokens for this address.')}
          placeholder="https://api.example.com"
          required
          {...draft.text('audience')}
        />
        <TagsInput
          label={t('Scopes')}
          description={t('The scopes that this API checks. You can describe them later on the page of the API.')}
          splitChars={[' ', ',']}
          acceptValueOnBlur
          {...draft.pick('scopes')}
        />
        <ApiFields draft={draft} />
      </Confirm>
      {made ? <ClientSecretDialog {...made} onClose={() => go(`/apis/${encodeURIComponent(made.id)}`)} /> : null}
    </>
  )
}
