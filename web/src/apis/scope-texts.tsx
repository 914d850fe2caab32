import { Badge, Button, Code, Group, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { RISKS, RiskChoice } from './risk-choice.tsx'

export type ScopeText = Answer<'listScopes'>['items'][number]
const BLANK: ScopeText = { scope: '', sentence: '', risk: 'low' }

/** Descriptions of scopes on the consent page. */
export function ScopeTexts() {
  const { may } = useSession()
  const scopes = useAsk('listScopes')
  const [draft, setDraft] = useState(BLANK)
  const [open, { open: show, close }] = useDisclosure(false)
  const put = useChange('putScope')
  const edit = (text: ScopeText) => {
    setDraft(text)
    show()
  }
  return (
    <Card
      title={t('Descriptions of scopes')}
      lead={t('The consent page shows these sentences instead of the names of scopes.')}
      aside={
        may('putScope') ? (
          <Button size="xs" variant="default" onClick={() => edit(BLANK)}>
            {t('Describe a scope')}
          </Button>
        ) : null
      }
    >
      <Loaded from={scopes}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('No scope has a description yet, so the consent page shows their names.')}
            </Text>
          ) : (
            <DataTable
              label={t('Scopes')}
              rows={items}
              keyOf={({ scope }) => scope}
              columns={[
                { head: t('Scope'), lead: true, cell: ({ scope }) => <Code>{plainName(scope)}</Code> },
                { head: t('Description'), prose: true, cell: ({ sentence }) => <Name text={sentence} /> },
                {
                  head: t('Risk'),
                  cell: ({ risk }) => (
                    <Badge variant="light" color={risk === 'high' ? 'orange' : 'gray'}>
                      {RISKS[risk]}
                    </Badge>
                  ),
                },
                {
                  head: t('Change'),
                  cell: text =>
                    may('putScope') ? (
                      <Group gap="xs">
                        <Button size="xs" variant="default" onClick={() => edit(text)}>
                          {t('Edit')}
                        </Button>
                        <RowAction
                          ends="deleteScope"
                          title={t('Delete the description of {scope}?', { scope: text.scope })}
                          operation="deleteScope"
                          what={{ params: { scope: text.scope } }}
                          done={t('Deleted')}
                          undo={() =>
                            put.mutateAsync({
                              params: { scope: text.scope },
                              body: { sentence: text.sentence, risk: text.risk },
                            })
                          }
                        />
                      </Group>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
      <EditScope key={draft.scope} open={open} onClose={close} start={draft} />
    </Card>
  )
}

export function EditScope({ open, onClose, start }: { open: boolean; onClose(): void; start: ScopeText }) {
  const [draft, setDraft] = useState(start)
  const what = { params: { scope: draft.scope.trim() }, body: { sentence: draft.sentence.trim(), risk: draft.risk } }
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={start.scope ? t('Description of {scope}', { scope: plainName(start.scope) }) : t('Describe a scope')}
      action={t('Save')}
      ready={what.params.scope !== '' && what.body.sentence !== ''}
      operation="putScope"
      what={what}
      done={t('Saved')}
    >
      {start.scope ? null : (
        <TextInput
          label={t('Scope')}
          required
          maxLength={128}
          value={draft.scope}
          onChange={event => setDraft({ ...draft, scope: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t('Description')}
        description={t('Completes the sentence “This application may …”.')}
        placeholder={t('read your list of contacts')}
        required
        maxLength={300}
        value={draft.sentence}
        onChange={event => setDraft({ ...draft, sentence: event.currentTarget.value })}
      />
      <RiskChoice value={draft.risk} onChange={risk => setDraft({ ...draft, risk })} />
    </Confirm>
  )
}
