import { Checkbox, TextInput } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { type Body, ENDINGS } from '../../../src/wire/admin/contract.ts'
import { counted, t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { Ending } from '../show/change/ending.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Choice, choicesOf } from '../show/value/choice.tsx'

export type BlockDraft = Pick<Body<'createRegistrationBlock'>, 'subject' | 'value'>
export const SUBJECTS: Record<BlockDraft['subject'], string> = { network: t('Network'), host: t('Host') }
const SUBJECTS_MEAN: Record<BlockDraft['subject'], string> = {
  network: t('An address or a CIDR block, such as 203.0.113.0/24.'),
  host: t('The host of any address that an application states. Hosts below it are blocked, too.'),
}

/** Blocks a network or a host; `known` are those of one application. */
export function BlockButton({ known = [] }: { known?: readonly BlockDraft[] }) {
  const start = known[0] ?? { subject: 'network' as const, value: '' }
  const draft = useDraft({ ...start, note: '', disable: false })
  const { subject, value, disable } = draft.values
  const note = draft.values.note.trim()
  const body = { subject, value: value.trim(), disable, ...(note && { note }) }
  const ending = disable ? 'blockAndDisable' : 'blockRegistrations'
  return (
    <AskingButton
      label={t('Block')}
      icon={<IconBan size={15} aria-hidden />}
      size="xs"
      title={t('Block registrations')}
      action={t(ENDINGS[ending].word)}
      danger
      ready={body.value !== ''}
      draft={draft}
      operation="createRegistrationBlock"
      what={{ body }}
      done={({ registration_block: { value }, disabled }) =>
        t('{value} is blocked. Disabled: {applications}.', { value, applications: counted(disabled, 'application') })
      }
    >
      <Choice
        label={t('What to block')}
        value={subject}
        onChange={chosen =>
          draft.change({ subject: chosen, value: known.find(one => one.subject === chosen)?.value ?? '' })
        }
        of={choicesOf(SUBJECTS)}
      />
      <TextInput
        label={SUBJECTS[subject]}
        description={SUBJECTS_MEAN[subject]}
        required
        maxLength={253}
        {...draft.text('value')}
      />
      <TextInput
        label={t('Reason')}
        description={t('Only staff can read it.')}
        maxLength={200}
        {...draft.text('note')}
      />
      <Checkbox label={t('Also disable the applications that registered from there')} {...draft.tick('disable')} />
      <Ending act={ending} />
    </AskingButton>
  )
}
