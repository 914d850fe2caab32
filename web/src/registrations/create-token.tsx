import { Select, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { AskingButton } from '../show/change/asking-button.tsx'
import { OnceDialog } from '../show/change/once-dialog.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { useNow } from '../show/value/when.tsx'
import { DAY } from '../span.ts'

const LIVES = [
  { value: '1', label: t('1 day') },
  { value: '7', label: t('7 days') },
  { value: '30', label: t('30 days') },
]

export function CreateToken() {
  const draft = useDraft({ name: '', uses: '1', days: '1', scopes: [] as string[] })
  const [made, setMade] = useState<string>()
  const now = useNow()
  const { days, scopes } = draft.values
  const [name, uses] = [draft.values.name.trim(), Number(draft.values.uses)]
  const body = {
    expires_at: now + Number(days) * DAY,
    ...(name && { name }),
    ...(uses > 0 && { uses }),
    ...(scopes.length > 0 && { scopes }),
  }
  return (
    <>
      <AskingButton
        size="xs"
        variant="filled"
        label={t('New token')}
        icon={<IconPlus size={15} aria-hidden />}
        title={t('Create an initial access token')}
        action={t('Create')}
        draft={draft}
        operation="createRegistrationToken"
        what={{ body }}
        onDone={({ token }) => setMade(token)}
      >
        <TextInput
          label={t('Name')}
          description={t('For whom it is. Only staff can read it.')}
          maxLength={200}
          data-autofocus
          {...draft.text('name')}
        />
        <TextInput
          label={t('How many may register with it')}
          description={t('Leave empty for any number until it expires.')}
          inputMode="numeric"
          maxLength={6}
          {...draft.text('uses')}
        />
        <Select label={t('Expires in')} data={LIVES} allowDeselect={false} {...draft.pick('days')} />
        <ScopePicker
          label={t('Scopes')}
          description={t('Applications that register with it may request only these.')}
          none={t('All that are not for administrators')}
          {...draft.pick('scopes')}
        />
      </AskingButton>
      {made ? (
        <OnceDialog
          title={t('Store this token now')}
          says={
            <Text size="sm">
              {t('It is shown only once. An application sends it as a bearer token when it registers itself.')}
            </Text>
          }
          secret={made}
          masked={`clv_iat_${'•'.repeat(24)}`}
          env={`CLAVIGER_REGISTRATION_TOKEN=${made}\n`}
          onClose={() => setMade(undefined)}
        />
      ) : null}
    </>
  )
}
