import { TagsInput, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ClientSecretDialog } from '../applications/client-secret-dialog.tsx'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
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

export function CreateApi({ openAtFirst = false }: { openAtFirst?: boolean }) {
  const draft = useDraft(BLANK)
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const body = { ...draft.values, name: draft.values.name.trim(), audience: draft.values.audience.trim() }
  return (
    <>
      <AskingButton
        label={t('Register an API')}
        icon={<IconPlus size={16} aria-hidden />}
        variant="filled"
        openAtFirst={openAtFirst}
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
      </AskingButton>
      {made ? <ClientSecretDialog {...made} onClose={() => go(`/apis/${encodeURIComponent(made.id)}`)} /> : null}
    </>
  )
}
