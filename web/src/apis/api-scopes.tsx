import { Badge, Button, Code, Group, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Name, plainName } from '../show/value/name.tsx'
import { RISKS, RiskChoice } from './risk-choice.tsx'
import { EditScope, type ScopeText } from './scope-texts.tsx'
import type { Api } from './words.ts'

/** The scopes of the API, with description and risk. */
export function ApiScopes({ api }: { api: Api }) {
  const { may } = useSession()
  const texts = useAsk('listScopes')
  const change = useChange('changeResourceServer')
  const [draft, setDraft] = useState<ScopeText>()
  const [adding, { open, close }] = useDisclosure(false)
  const words = new Map((texts.data?.items ?? []).map(text => [text.scope, text]))
  const params = { id: api.id }
  return (
    <Card
      title={t('Scopes')}
      lead={t('The permissions of this API. The consent page shows their descriptions.')}
      aside={
        may('changeResourceServer') ? (
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
            {t('Add a scope')}
          </Button>
        ) : null
      }
    >
      {api.scopes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(
            'No scopes are declared, so a credential may have any scope. When you declare the scopes that this API checks, mistyped scopes are refused.',
          )}
        </Text>
      ) : (
        <DataTable
          label={t('Scopes')}
          rows={api.scopes.map(scope => words.get(scope) ?? { scope, sentence: '', risk: 'low' as const })}
          keyOf={({ scope }) => scope}
          columns={[
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
              cell: text => (
                <Group gap="xs">
                  {may('putScope') ? (
                    <Button size="xs" variant="default" onClick={() => setDraft(text)}>
                      {t('Edit')}
                    </Button>
                  ) : null}
                  {may('changeResourceServer') ? (
                    <RowAction
                      ends="removeScope"
                      title={t('Remove {scope} from this API?', { scope: text.scope })}
                      operation="changeResourceServer"
                      what={{ params, body: { scopes: without(api, text.scope) } }}
                      done={t('Removed')}
                      undo={() => change.mutateAsync({ params, body: { scopes: api.scopes } })}
                    />
                  ) : null}
                </Group>
              ),
            },
          ]}
        />
      )}
      {draft ? <EditScope open onClose={() => setDraft(undefined)} start={draft} /> : null}
      {adding ? <AddScope api={api} onClose={close} /> : null}
    </Card>
  )
}

const without = ({ scopes }: Api, one: string): string[] => scopes.filter(scope => scope !== one)

function AddScope({ api, onClose }: { api: Api; onClose(): void }) {
  const { may } = useSession()
  const [draft, setDraft] = useState<ScopeText>({ scope: '', sentence: '', risk: 'low' })
  const [change, put] = [useChange('changeResourceServer'), useChange('putScope')]
  const scope = draft.scope.trim()
  const what = { params: { id: api.id }, body: { scopes: [...new Set([...api.scopes, scope])] } }
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('Add a scope')}
      action={t('Add')}
      ready={scope !== ''}
      operation="changeResourceServer"
      what={what}
      run={async () => {
        const changed = await change.mutateAsync(what)
        const sentence = draft.sentence.trim()
        if (sentence) await put.mutateAsync({ params: { scope }, body: { sentence, risk: draft.risk } })
        return changed
      }}
      done={t('Added')}
    >
      <TextInput
        label={t('Scope')}
        description={t(
          'The name that the API checks. A scope includes all longer scopes that begin with it and a colon: tickets includes tickets:read.',
        )}
        placeholder="tickets:read"
        required
        data-autofocus
        maxLength={128}
        value={draft.scope}
        onChange={event => setDraft({ ...draft, scope: event.currentTarget.value })}
      />
      {may('putScope') ? (
        <>
          <TextInput
            label={t('Description')}
            description={t('Completes the sentence “This application may …”.')}
            placeholder={t('see the tickets of your customers')}
            maxLength={300}
            value={draft.sentence}
            onChange={event => setDraft({ ...draft, sentence: event.currentTarget.value })}
          />
          <RiskChoice value={draft.risk} onChange={risk => setDraft({ ...draft, risk })} />
        </>
      ) : null}
    </Confirm>
  )
}
