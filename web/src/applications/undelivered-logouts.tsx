import { Button, Group, Text } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { counted } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Card } from '../show/page/card.tsx'
import { Failure } from '../show/page/failure.tsx'
import { notice } from '../show/page/notices.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import type { Client } from './words.ts'

/** Sign-outs that the application has not received; nothing if there are none. */
export function UndeliveredLogouts({ client }: { client: Client }) {
  const { may } = useSession()
  const what = { params: { id: client.id } }
  const { data } = useAsk('listUndeliveredLogouts', what)
  const repeat = useChange('repeatUndeliveredLogouts')
  if (!data || data.items.length === 0) return null
  return (
    <Card title="Sign-outs not received">
      <Text size="sm">
        These users signed out, but the application did not confirm it. It may still show them as signed in.
      </Text>
      <DataTable
        label="Sign-outs not received"
        rows={data.items}
        keyOf={({ user }) => user.id}
        columns={[
          { head: 'User', lead: true, cell: ({ user }) => <Name text={user.name} otherwise="deleted user" /> },
          { head: 'Last answer', cell: ({ fault }) => fault },
          { head: 'Tries', cell: ({ tries }) => tries },
          { head: 'Next try', cell: ({ next_try_at }) => <When at={next_try_at} otherwise="given up" /> },
        ]}
      />
      {repeat.error ? <Failure error={repeat.error} /> : null}
      {may('repeatUndeliveredLogouts') ? (
        <Group>
          <Button
            variant="default"
            loading={repeat.isPending}
            onClick={() =>
              void repeat.mutateAsync(what).then(
                ({ repeated }) => notice(`${counted(repeated, 'sign-out')} will be sent again`),
                () => {},
              )
            }
          >
            Send again
          </Button>
          <CopyAs operation="repeatUndeliveredLogouts" what={what} />
        </Group>
      ) : null}
    </Card>
  )
}
