import { List, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useChange } from '../api/use-ask.ts'
import { counted, t, tx } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import type { Credential } from '../show/value/words.ts'
import type { Sparks } from './columns.tsx'

/** The largest number of ids in one request. */
const AT_ONCE = 100

/** Revokes several credentials, after showing how much they were used. */
export function BulkRevoke({
  picked,
  sparks,
  onDone,
}: {
  picked: readonly Credential[]
  sparks: Sparks
  onDone(): void
}) {
  const revoke = useChange('revokeCredentials')
  const ids = picked.map(({ id }) => id)
  const uses = sparks
    .filter(({ credential_id }) => ids.includes(credential_id))
    .reduce((sum, { valid }) => sum + valid.slice(-24).reduce((a, b) => a + b, 0), 0)
  const owners = new Set(picked.map(({ owner, client }) => owner?.id ?? client?.id)).size
  const lastUse = Math.max(0, ...picked.map(({ last_used_at }) => last_used_at ?? 0))
  return (
    <RowAction
      ends="revokeCredentials"
      label={t('Revoke {count} chosen', { count: ids.length })}
      size="sm"
      icon={<IconBan size={16} aria-hidden />}
      title={t('Revoke {what}?', { what: counted(ids.length, 'credential') })}
      action={t('Revoke {count}', { count: ids.length })}
      operation="revokeCredentials"
      what={{ body: { ids: ids.slice(0, AT_ONCE) } }}
      run={async () => {
        let revoked = 0
        for (let i = 0; i < ids.length; i += AT_ONCE)
          revoked += (await revoke.mutateAsync({ body: { ids: ids.slice(i, i + AT_ONCE) } })).revoked
        return { revoked }
      }}
      done={({ revoked }) => t('Revoked: {what}', { what: counted(revoked, 'credential') })}
      onDone={onDone}
    >
      <Text>
        {tx('{owners}. {uses} in the last 24 hours. Last used: {last}.', {
          owners: counted(owners, 'owner'),
          uses: <strong>{counted(uses, 'use')}</strong>,
          last: <When at={lastUse || null} />,
        })}
      </Text>
      <List size="sm">
        {picked.slice(0, 8).map(one => (
          <List.Item key={one.id}>
            <Name text={one.name} otherwise={one.hint} />
          </List.Item>
        ))}
        {picked.length > 8 ? <List.Item>{t('and {count} more', { count: picked.length - 8 })}</List.Item> : null}
      </List>
    </RowAction>
  )
}
