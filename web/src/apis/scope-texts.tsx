import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { BLANK, DescribeScope, SCOPE_COLUMNS, type ScopeText } from './describe-scope.tsx'

/** Descriptions of scopes on the consent page. */
export function ScopeTexts() {
  const { may } = useSession()
  const scopes = useAsk('listScopes')
  const [edited, edit] = useState<ScopeText>()
  const put = useChange('putScope')
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
      <LoadedTable
        label={t('Scopes')}
        from={scopes}
        nothing={t('No scope has a description yet, so the consent page shows their names.')}
        keyOf={({ scope }) => scope}
        columns={[
          ...SCOPE_COLUMNS,
          {
            head: t('Change'),
            align: 'right',
            cell: text =>
              may('putScope') ? (
                <Group gap="xs" justify="flex-end">
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
      {edited ? <DescribeScope start={edited} onClose={() => edit(undefined)} /> : null}
    </Card>
  )
}
