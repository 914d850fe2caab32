import { Text, Textarea, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { useNow } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import { NetworksField, NoteField, ScopesField } from './credential-fields.tsx'
import { changeOf, editOf, takenAway } from './edit.ts'
import { ExpiresField } from './expires-field.tsx'
import { LIFETIMES } from './templates.ts'

/** Edits the fields that can change while the secret stays. */
export function EditCredential({ credential }: { credential: Credential }) {
  const draft = useDraft(editOf(credential))
  const body = changeOf(draft.changed, draft.values, useNow())
  const isKey = credential.kind !== 'token_pair'
  const gone = takenAway(credential, body.scopes)
  return (
    <AskingButton
      label={t('Edit')}
      icon={<IconPencil size={16} aria-hidden />}
      title={t('Edit the credential')}
      action={t('Save')}
      ready={draft.dirty && draft.values.name.trim() !== ''}
      draft={draft}
      operation="changeCredential"
      what={{ params: { id: credential.id }, body }}
      done={t('Saved. The secret stays the same.')}
    >
      <TextInput label={t('Name')} required data-autofocus maxLength={200} {...draft.text('name')} />
      <NoteField draft={draft} />
      {isKey ? <ScopesField draft={draft} /> : null}
      {gone.length > 0 ? (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          {t('As soon as this is saved, requests that need {scopes} are refused.', { scopes: gone.join(', ') })}
        </Text>
      ) : null}
      <ExpiresField
        lives={[{ value: 'keep', label: t('Keep the present expiry') }, ...LIFETIMES]}
        {...draft.pick('expires')}
      />
      {isKey ? <NetworksField draft={draft} /> : null}
      <Textarea
        label={t('Metadata')}
        description={t('Data for programs: name=value, one per line.')}
        placeholder="team=billing"
        autosize
        minRows={1}
        maxRows={6}
        {...draft.text('metadata')}
      />
    </AskingButton>
  )
}
