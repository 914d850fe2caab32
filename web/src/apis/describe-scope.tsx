import { Code, Group, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { Risk, RiskChoice } from '../scopes/risk.tsx'
import { AskingButton } from '../show/change/asking-button.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import type { Column } from '../show/list/data-table.tsx'
import { Name, plainName } from '../show/value/name.tsx'

export type ScopeText = Answer<'listScopes'>['items'][number]
export const BLANK: ScopeText = { scope: '', sentence: '', risk: 'low' }

/** The columns of all lists of scopes. `end` takes a scope out of the list. */
export const scopeColumns = (end: (text: ScopeText) => ReactNode): Column<ScopeText>[] => [
  { head: t('Scope'), lead: true, cell: ({ scope }) => <Code>{plainName(scope)}</Code> },
  {
    head: t('Description'),
    prose: true,
    cell: ({ sentence }) =>
      sentence ? (
        <Name text={sentence} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('no description')}
        </Text>
      ),
  },
  { head: t('Risk'), cell: ({ risk }) => <Risk of={risk} /> },
  {
    head: t('Change'),
    align: 'right',
    cell: text => (
      <Group gap="xs" justify="flex-end">
        <DescribeScope start={text} />
        {end(text)}
      </Group>
    ),
  },
]

/** Describes a scope for the consent page. If `start` names none, the name is typed. */
export function DescribeScope({ start }: { start: ScopeText }) {
  const draft = useDraft(start)
  const { scope, sentence, risk } = draft.values
  const what = { params: { scope: scope.trim() }, body: { sentence: sentence.trim(), risk } }
  return (
    <AskingButton
      label={start.scope ? t('Edit') : t('Describe a scope')}
      size="xs"
      title={start.scope ? t('Description of {scope}', { scope: plainName(start.scope) }) : t('Describe a scope')}
      action={t('Save')}
      ready={what.params.scope !== '' && what.body.sentence !== ''}
      draft={draft}
      operation="putScope"
      what={what}
      done={t('Saved')}
    >
      {start.scope ? null : (
        <TextInput label={t('Scope')} required data-autofocus maxLength={128} {...draft.text('scope')} />
      )}
      <DescriptionFields draft={draft} required />
    </AskingButton>
  )
}

export const DescriptionFields = ({
  draft,
  required = false,
}: {
  draft: ReturnType<typeof useDraft<ScopeText>>
  required?: boolean
}) => (
  <>
    <TextInput
      label={t('Description')}
      description={t('Completes the sentence “This application may …”.')}
      placeholder={t('see the tickets of your customers')}
      required={required}
      maxLength={300}
      {...draft.text('sentence')}
    />
    <RiskChoice {...draft.pick('risk')} />
  </>
)
