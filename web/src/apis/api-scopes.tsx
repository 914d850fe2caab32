import { Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import type { Api } from './api-fields.tsx'
import { BLANK, DescriptionFields, scopeColumns } from './describe-scope.tsx'

/** The scopes of the API, with description and risk. */
export function ApiScopes({ api }: { api: Api }) {
  const texts = useAsk('listScopes')
  const change = useChange('changeResourceServer')
  const words = new Map((texts.data?.items ?? []).map(text => [text.scope, text]))
  const params = { id: api.id }
  return (
    <Card
      title={t('Scopes')}
      lead={t('The permissions of this API. The consent page shows their descriptions.')}
      aside={<AddScope api={api} />}
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
          rows={api.scopes.map(scope => words.get(scope) ?? { ...BLANK, scope })}
          keyOf={({ scope }) => scope}
          columns={scopeColumns(text => (
            <RowAction
              ends="removeScope"
              title={t('Remove {scope} from this API?', { scope: text.scope })}
              operation="changeResourceServer"
              what={{ params, body: { scopes: api.scopes.filter(scope => scope !== text.scope) } }}
              done={t('Removed')}
              undo={() => change.mutateAsync({ params, body: { scopes: api.scopes } })}
            />
          ))}
        />
      )}
    </Card>
  )
}

function AddScope({ api }: { api: Api }) {
  const { may } = useSession()
  const draft = useDraft(BLANK)
  const [change, put] = [useChange('changeResourceServer'), useChange('putScope')]
  const [scope, sentence] = [draft.values.scope.trim(), draft.values.sentence.trim()]
  const what = { params: { id: api.id }, body: { scopes: [...new Set([...api.scopes, scope])] } }
  return (
    <AskingButton
      label={t('Add a scope')}
      icon={<IconPlus size={14} aria-hidden />}
      size="xs"
      title={t('Add a scope')}
      action={t('Add')}
      ready={scope !== ''}
      draft={draft}
      operation="changeResourceServer"
      what={what}
      run={async () => {
        const changed = await change.mutateAsync(what)
        if (sentence) await put.mutateAsync({ params: { scope }, body: { sentence, risk: draft.values.risk } })
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
        {...draft.text('scope')}
      />
      {may('putScope') ? <DescriptionFields draft={draft} /> : null}
    </AskingButton>
  )
}
