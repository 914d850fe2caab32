import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import type { Column } from '../show/list/data-table.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { CreateToken } from './create-token.tsx'

type Token = Answer<'listRegistrationTokens'>['items'][number]

/** Initial access tokens (RFC 7591 section 3), with which applications register themselves. */
export function InitialTokens() {
  const { may } = useSession()
  const tokens = useAsk('listRegistrationTokens', {}, { every: 15_000 })
  return (
    <Card
      title={t('Initial access tokens')}
      lead={t('An application that sends one may register itself, even if registration is not open to all.')}
      aside={<CreateToken />}
    >
      <LoadedTable
        label={t('Initial access tokens')}
        from={tokens}
        nothing={t('No valid tokens.')}
        keyOf={({ id }) => id}
        columns={may('revokeRegistrationToken') ? [...COLUMNS, REVOKE] : COLUMNS}
      />
    </Card>
  )
}

const COLUMNS: Column<Token>[] = [
  { head: t('Name'), lead: true, cell: ({ name, hint }) => <Name text={name ?? hint} /> },
  {
    head: t('Registrations left'),
    cell: ({ uses_left: left }) => (left === null ? t('any number') : t('{count} more', { count: left })),
  },
  {
    head: t('Scopes'),
    cell: ({ scopes }) => (scopes ? <Scopes of={scopes} /> : t('all that are not for administrators')),
  },
  { head: t('Last used'), cell: ({ last_used_at }) => <When at={last_used_at} /> },
  { head: t('Expires'), cell: ({ expires_at }) => <When at={expires_at} /> },
]

const REVOKE: Column<Token> = {
  head: t('Actions'),
  align: 'right',
  cell: ({ id, name, hint }) => (
    <RowAction
      ends="revokeRegistrationToken"
      title={t('Revoke {name}?', { name: name ?? hint })}
      operation="revokeRegistrationToken"
      what={{ params: { id } }}
      done={t('Revoked')}
    />
  ),
}
