import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { useAsk } from '../api/use-ask.ts'
import { inDigits, t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { Lead } from '../show/list/lead.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { hrefOf } from '../show/value/href-of.ts'
import { Name } from '../show/value/name.tsx'
import { Networks } from '../show/value/networks.tsx'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'

/** Lists the grants of a user or to an application, with a button that ends each. */
export function GrantList({ of }: { of: { owner: string } | { client: string } }) {
  return (
    <LoadedTable
      from={useAsk('listGrants', { query: of })}
      nothing={
        'owner' in of ? t('This user has not allowed any application.') : t('No user has allowed this application.')
      }
      label={'owner' in of ? t('Connected applications') : t('Allowed by users')}
      keyOf={({ id }) => id}
      columns={[
        'owner' in of
          ? {
              head: t('Application'),
              lead: true,
              cell: ({ client }) => (
                <Lead href={hrefOf('client', client.id)}>
                  <Name text={client.name} otherwise={t('deleted application')} />
                </Lead>
              ),
            }
          : {
              head: t('User'),
              lead: true,
              cell: ({ user }) => (
                <Lead href={hrefOf('user', user?.id ?? '')}>
                  <Name text={user?.name ?? null} otherwise={t('deleted user')} />
                </Lead>
              ),
            },
        { head: t('With the key'), cell: ({ key }) => <KeyLink of={key} /> },
        { head: t('May do'), cell: ({ scopes }) => <Scopes of={scopes} most={2} /> },
        { head: t('Allowed'), cell: ({ created_at }) => <When at={created_at} /> },
        { head: t('Tokens'), cell: ({ tokens_issued }) => inDigits(tokens_issued) },
        { head: t('Last used'), cell: ({ last_used_at }) => <When at={last_used_at} /> },
        { head: t('Networks'), cell: ({ networks }) => <Networks of={networks} /> },
        { head: t('Ends'), cell: ({ expires_at }) => <When at={expires_at} /> },
        {
          head: t('Access'),
          cell: ({ id, client }) => (
            <RowAction
              ends="revokeGrant"
              title={t('Revoke access of {name}?', { name: client.name ?? t('this application') })}
              counts={['grantImpact', { params: { id } }]}
              operation="revokeGrant"
              what={{ params: { id } }}
              done={t('Access removed')}
            />
          ),
        },
      ]}
    />
  )
}

/** The key with which an application was allowed; empty if the user signed in. */
const KeyLink = ({ of: key }: { of: { id: string; name: string | null } | null }) =>
  key && (
    <Anchor component={Link} href={hrefOf('credential', key.id)} c="inherit">
      <Name text={key.name} otherwise={t('deleted key')} />
    </Anchor>
  )
