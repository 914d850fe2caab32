import { Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { type Column, DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { Name } from '../show/value/name.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { CreateToken } from './create-token.tsx'

type Token = Answer<'listRegistrationTokens'>['items'][number]

/** Initial access tokens (RFC 7591): applications register themselves with them where this is not open to all. */
export function InitialTokens() {
  const { may } = useSession()
  const tokens = useAsk('listRegistrationTokens', {}, { every: 15_000 })
  return (
    <Card
      title={t('Initial access tokens')}
      lead={t('An application that sends one may register itself, even if registration is not open to all.')}
      aside={may('createRegistrationToken') ? <CreateToken /> : null}
    >
      <Loaded from={tokens}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{t('No valid tokens.')}</Text>
          ) : (
            <DataTable label={t('Initial access tokens')} rows={items} keyOf={({ id }) => id} columns={COLUMNS} />
          )
        }
      </Loaded>
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
    cell: ({ scopes }) => (scopes ? <Scopes of={scopes} most={4} /> : t('all that are not for administrators')),
  },
  { head: t('Last used'), cell: ({ last_used_at }) => <When at={last_used_at} otherwise={t('never')} /> },
  { head: t('Expires'), cell: ({ expires_at }) => <When at={expires_at} otherwise={t('never')} /> },
  { head: t('Actions'), align: 'right', cell: token => <RevokeToken token={token} /> },
]

function RevokeToken({ token: { id, name, hint } }: { token: Token }) {
  const { may } = useSession()
  if (!may('revokeRegistrationToken')) return null
  return (
    <RowAction
      ends="revokeRegistrationToken"
      title={t('Revoke {name}?', { name: name ?? hint })}
      operation="revokeRegistrationToken"
      what={{ params: { id } }}
      done={t('Revoked')}
    />
  )
}
