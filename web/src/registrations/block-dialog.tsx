import { Checkbox, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Body, ENDINGS, undoOf } from '../../../src/wire/admin/contract.ts'
import { useChange } from '../api/use-ask.ts'
import { counted } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { notice } from '../show/page/notices.tsx'

export type BlockDraft = Pick<Body<'createRegistrationBlock'>, 'subject' | 'value'>

/** Blocks a network or a host; `known` are the places of one application, to pick from. */
export function BlockDialog({
  open,
  onClose,
  known = [],
}: {
  open: boolean
  onClose(): void
  known?: readonly BlockDraft[]
}) {
  const first = known[0] ?? { subject: 'network' as const, value: '' }
  const [draft, setDraft] = useState({ ...first, note: '', disable: false })
  const change = (part: Partial<typeof draft>) => setDraft(before => ({ ...before, ...part }))
  const create = useChange('createRegistrationBlock')
  const body = {
    subject: draft.subject,
    value: draft.value.trim(),
    disable: draft.disable,
    ...(draft.note.trim() !== '' && { note: draft.note.trim() }),
  }
  const ending = draft.disable ? 'blockAndDisable' : 'blockRegistrations'
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title="Block registrations"
      action={ENDINGS[ending].word}
      danger
      ready={body.value !== ''}
      aside={<CopyAs operation="createRegistrationBlock" what={{ body }} />}
      run={async () => {
        const { registration_block, disabled } = await create.mutateAsync({ body })
        notice(`${registration_block.value} is blocked. ${counted(disabled, 'application')} disabled.`)
      }}
    >
      <SegmentedControl
        aria-label="What to block"
        value={draft.subject}
        onChange={subject =>
          change({
            subject: subject as BlockDraft['subject'],
            value: known.find(one => one.subject === subject)?.value ?? '',
          })
        }
        data={[
          { value: 'network', label: 'Network' },
          { value: 'host', label: 'Host' },
        ]}
      />
      <TextInput
        label={draft.subject === 'network' ? 'Network' : 'Host'}
        description={
          draft.subject === 'network'
            ? 'An address or a CIDR block, such as 203.0.113.0/24.'
            : 'A name in any address that an application names. It stands for the names below it, too.'
        }
        required
        maxLength={253}
        value={draft.value}
        onChange={event => change({ value: event.currentTarget.value })}
      />
      <TextInput
        label="Why"
        description="For other staff."
        maxLength={200}
        value={draft.note}
        onChange={event => change({ note: event.currentTarget.value })}
      />
      <Checkbox
        label="Also disable the applications that registered from there"
        checked={draft.disable}
        onChange={event => change({ disable: event.currentTarget.checked })}
      />
      <Text size="sm">{ENDINGS[ending].says}</Text>
      <Text size="sm" c="dimmed">
        {undoOf(ending)}
      </Text>
    </Confirm>
  )
}
