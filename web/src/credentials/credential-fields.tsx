import { Checkbox, Stack, Textarea } from '@mantine/core'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import type { useDraft } from '../show/change/use-draft.ts'
import type { Values } from './values.ts'

/* Fields of the form for a new credential and of the form for an existing one. */

type Props = { draft: Pick<ReturnType<typeof useDraft<Values>>, 'values' | 'text' | 'tick' | 'pick'> }

export const ScopesField = ({ draft, description }: Props & { description?: string }) => (
  <Stack gap="xs">
    <ScopePicker
      label={t('Scopes')}
      none={t('None: it only identifies its owner')}
      description={description}
      {...draft.pick('scopes')}
      {...(draft.values.allScopes && { value: [], disabled: true })}
    />
    <Checkbox label={t('All permissions that its owner has at the time of use')} {...draft.tick('allScopes')} />
  </Stack>
)

export const NoteField = ({ draft }: Props) => (
  <Textarea
    label={t('Note')}
    description={t('Where is it stored, and who is responsible for it?')}
    maxLength={1000}
    autosize
    minRows={2}
    maxRows={6}
    {...draft.text('note')}
  />
)

export const NetworksField = ({ draft }: Props) => (
  <Textarea
    label={t('Allowed networks')}
    description={t('Addresses or CIDR blocks, one per line. Leave empty for any network.')}
    placeholder="10.0.0.0/8"
    autosize
    minRows={1}
    maxRows={5}
    {...draft.text('networks')}
  />
)
