import { Button, Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { Confirm } from '../show/change/confirm.tsx'
import { useNow } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import { changeOf, type Edit, editOf, takenAway } from './edit.ts'
import { ExpiresField } from './expires-field.tsx'
import { LIFETIMES } from './templates.ts'

/** Edits the fields that can change while the secret stays. */
export function EditCredential({ credential }: { credential: Credential }) {
  const [open, { open: show, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={show}>
        {t('Edit')}
      </Button>
      {open ? <Form credential={credential} onClose={close} /> : null}
    </>
  )
}

function Form({ credential, onClose }: { credential: Credential; onClose(): void }) {
  const [draft, setDraft] = useState(() => editOf(credential))
  const now = useNow()
  const set = (part: Partial<Edit>) => setDraft(before => ({ ...before, ...part }))
  const body = changeOf(draft, credential, now)
  const what = { params: { id: credential.id }, body }
  const isKey = credential.kind !== 'token_pair'
  const gone = takenAway(credential, body.scopes)
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('Edit the credential')}
      action={t('Save')}
      ready={draft.name.trim() !== '' && Object.keys(body).length > 0}
      operation="changeCredential"
      what={what}
      done={t('Saved. The secret stays the same.')}
    >
      <TextInput
        label={t('Name')}
        required
        data-autofocus
        maxLength={200}
        value={draft.name}
        onChange={event => set({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t('Note')}
        description={t('Where is it stored, and who is responsible for it?')}
        maxLength={1000}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.note}
        onChange={event => set({ note: event.currentTarget.value })}
      />
      {isKey ? (
        <Stack gap="xs">
          <ScopePicker
            label={t('Scopes')}
            none={t('None: it only identifies its owner')}
            value={draft.allScopes ? [] : draft.scopes}
            disabled={draft.allScopes}
            onChange={scopes => set({ scopes })}
          />
          <Checkbox
            label={t('All permissions that its owner has at the time of use')}
            checked={draft.allScopes}
            onChange={event => set({ allScopes: event.currentTarget.checked })}
          />
          {gone.length > 0 ? (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              {t('As soon as this is saved, requests that need {scopes} are refused.', { scopes: gone.join(', ') })}
            </Text>
          ) : null}
        </Stack>
      ) : null}
      <ExpiresField
        lives={[{ value: 'keep', label: t('Keep the present expiry') }, ...LIFETIMES]}
        value={draft.expires}
        onChange={expires => set({ expires })}
      />
      {isKey ? (
        <Textarea
          label={t('Allowed networks')}
          description={t('Addresses or CIDR blocks, one per line. Leave empty for any network.')}
          placeholder="10.0.0.0/8"
          autosize
          minRows={1}
          maxRows={5}
          value={draft.networks}
          onChange={event => set({ networks: event.currentTarget.value })}
        />
      ) : null}
      <Textarea
        label={t('Metadata')}
        description={t('Data for programs: name=value, one per line.')}
        placeholder="team=billing"
        autosize
        minRows={1}
        maxRows={6}
        value={draft.metadata}
        onChange={event => set({ metadata: event.currentTarget.value })}
      />
    </Confirm>
  )
}
