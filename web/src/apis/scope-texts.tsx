import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { BLANK, DescribeScope, scopeColumns } from './describe-scope.tsx'

/** Descriptions of scopes on the consent page. */
export function ScopeTexts() {
  const scopes = useAsk('listScopes')
  const put = useChange('putScope')
  return (
    <Card
      title={t('Descriptions of scopes')}
      lead={t('The consent page shows these sentences instead of the names of scopes.')}
      aside={<DescribeScope start={BLANK} />}
    >
      <LoadedTable
        label={t('Scopes')}
        from={scopes}
        nothing={t('No scope has a description yet, so the consent page shows their names.')}
        keyOf={({ scope }) => scope}
        columns={scopeColumns(text => (
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
        ))}
      />
    </Card>
  )
}
