import { Badge, Text } from '@mantine/core'
import { usePages } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { RowAction } from '../show/change/row-action.tsx'
import { Lead } from '../show/list/lead.tsx'
import { ListView } from '../show/list/list-view.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { deviceOf } from './device.ts'

/** Methods of RFC 8176. Others are shown by their code. */
const METHODS: Record<string, string> = { pwd: t('password'), otp: t('one-time code') }

/** Sessions of all users, or of one user. */
export function SessionList({ owner }: { owner?: string }) {
  const list = usePages('listSessions', { query: owner ? { owner } : {} }, { every: 10_000 })
  return (
    <ListView
      label={t('Sessions')}
      noun="session"
      list={list}
      nothing={<Text c="dimmed">{t('Nobody is signed in.')}</Text>}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t('Who'),
          lead: true,
          cell: ({ user, current }) => (
            <Lead
              href={`/users/${user.id}`}
              beside={current ? <Badge variant="light">{t('this browser')}</Badge> : null}
            >
              <Name text={user.handle} />
            </Lead>
          ),
        },
        {
          head: t('Device'),
          cell: ({ user_agent }) => <span title={user_agent ?? undefined}>{deviceOf(user_agent)}</span>,
        },
        { head: t('Address'), cell: ({ ip }) => ip ?? t('not known') },
        { head: t('Signed in'), cell: ({ authenticated_at }) => <When at={authenticated_at} /> },
        { head: t('Method'), cell: ({ methods }) => methods.map(method => METHODS[method] ?? method).join(' + ') },
        { head: t('Last seen'), cell: ({ last_used_at }) => <When at={last_used_at} /> },
        { head: t('Ends'), cell: ({ expires_at }) => <When at={expires_at} /> },
        {
          head: t('End'),
          align: 'right',
          cell: ({ id, current, user }) =>
            current ? null : (
              <RowAction
                ends="endSession"
                title={t('Sign {name} out there?', { name: user.handle })}
                operation="endSession"
                what={{ params: { id } }}
                done={t('Signed out there')}
              />
            ),
        },
      ]}
    />
  )
}
