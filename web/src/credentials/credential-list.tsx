import type { ReactNode } from 'react'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { usePages } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { ListView } from '../show/list/list-view.tsx'
import { credentialColumns } from './columns.tsx'
import { useSparks } from './use-sparks.ts'

/** The credentials of one user or application, with bars of their use. */
export function CredentialList({
  query,
  owner = true,
  empty,
}: {
  query: Query<'listCredentials'>
  owner?: boolean
  empty: ReactNode
}) {
  const list = usePages('listCredentials', { query }, { every: 10_000 })
  const sparks = useSparks(list.items ?? [])
  return (
    <ListView
      label={t('Credentials')}
      noun="credential"
      list={list}
      columns={credentialColumns(sparks, { owner })}
      keyOf={({ id }) => id}
      nothing={empty}
    />
  )
}
