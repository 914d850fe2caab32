import { Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { DirectAction } from '../show/change/direct-action.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import type { Client } from './words.ts'

/** Sign-outs that the application has not received; nothing if there are none. */
export function UndeliveredLogouts({ client }: { client: Client }) {
  const what = { params: { id: client.id } }
  const { data } = useAsk('listUndeliveredLogouts', what)
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('Sign-outs not received')}>
      <Text size="sm">
        {t('These users signed out, but the application did not confirm it. It may still show them as signed in.')}
      </Text>
      <DataTable
        label={t('Sign-outs not received')}
        rows={data.items}
        keyOf={({ user }) => user.id}
        columns={[
          { head: t('User'), lead: true, cell: ({ user }) => <Name text={user.name} otherwise={t('deleted user')} /> },
          { head: t('Last answer'), cell: ({ fault }) => fault },
          { head: t('Attempts'), cell: ({ tries }) => tries },
          {
            head: t('Next attempt'),
            cell: ({ next_try_at }) => <When at={next_try_at} otherwise={t('none, all failed')} />,
          },
        ]}
      />
      <DirectAction
        label={t('Send again')}
        operation="repeatUndeliveredLogouts"
        what={what}
        done={t('The sign-outs will be sent again.')}
        icon={<IconSend size={16} aria-hidden />}
      />
    </Card>
  )
}
