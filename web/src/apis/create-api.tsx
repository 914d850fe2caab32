import { Checkbox, Select, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ClientSecretDialog } from '../applications/client-secret-dialog.tsx'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { KeyConsent } from './key-consent.tsx'
import { RollingEnd } from './rolling-end.tsx'
import { formatSays, TOKEN_FORMATS } from './words.ts'

const BLANK = {
  audience: '',
  name: '',
  scopes: [] as string[],
  token_format: 'opaque' as 'opaque' | 'jwt',
  strict_audience: false,
  key_consent: false,
  rolling_exp_seconds: null as number | null,
}
export function CreateApi({ open, onClose }: { open: boolean; onClose(): void }) {
  const [draft, setDraft] = useState(BLANK)
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const change = (part: Partial<typeof BLANK>) => setDraft(before => ({ ...before, ...part }))
  const body = { ...draft, name: draft.name.trim(), audience: draft.audience.trim() }
  return (
    <>
      <Confirm
        open={open}
        onClose={onClose}
        title={t('Register an API')}
        action={t('Register')}
        ready={body.name !== '' && body.audience !== ''}
        operation="createResourceServer"
        what={{ body }}
        onDone={({ resource_server, client_secret }) => {
          setDraft(BLANK)
          setMade({ id: resource_server.id, secret: client_secret })
        }}
      >
        <TextInput
          label={t('Name')}
          required
          data-autofocus
          maxLength={100}
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t('Address (audience)')}
          description={t('Clients request tokens for this address.')}
          placeholder="https://api.example.com"
          required
          value={draft.audience}
          onChange={event => change({ audience: event.currentTarget.value })}
        />
        <TagsInput
          label={t('Scopes')}
          description={t('The scopes that this API checks. You can describe them later on the page of the API.')}
          value={draft.scopes}
          onChange={scopes => change({ scopes })}
          splitChars={[' ', ',']}
          acceptValueOnBlur
        />
        <Select
          label={t('Format of access tokens')}
          description={formatSays(draft.token_format)}
          data={TOKEN_FORMATS}
          value={draft.token_format}
          onChange={value => change({ token_format: value === 'jwt' ? 'jwt' : 'opaque' })}
          allowDeselect={false}
        />
        <Checkbox
          label={t('Accept only credentials issued for this API')}
          checked={draft.strict_audience}
          onChange={event => change({ strict_audience: event.currentTarget.checked })}
        />
        <KeyConsent value={draft.key_consent} onChange={key_consent => change({ key_consent })} />
        <RollingEnd
          value={draft.rolling_exp_seconds ?? null}
          onChange={rolling_exp_seconds => change({ rolling_exp_seconds })}
        />
      </Confirm>
      {made ? (
        <ClientSecretDialog
          id={made.id}
          secret={made.secret}
          onClose={() => go(`/apis/${encodeURIComponent(made.id)}`)}
        />
      ) : null}
    </>
  )
}
