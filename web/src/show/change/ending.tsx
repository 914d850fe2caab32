import { Skeleton, Stack, Text } from '@mantine/core'
import { ENDINGS, type EndingName, impactSentence, undoOf } from '../../../../src/wire/admin/contract.ts'
import type { Ask } from '../../api/ask.ts'
import { useAsk } from '../../api/use-ask.ts'
import { inGerman, t, tx } from '../../language/t.ts'
import { Loaded } from '../page/loaded.tsx'
import { When } from '../value/when.tsx'

const sayImpact = inGerman(({ impact }) => impact) ?? impactSentence

type Counts = 'credentialImpact' | 'userImpact' | 'clientImpact' | 'grantImpact'
/** The operation that counts what an ending concerns. */
export type Counted = { [Id in Counts]: readonly [Id, Ask<Id>] }[Counts]

/** The consequences of an ending, the use of the last day, and whether it can be undone, in the words used everywhere. */
export const Ending = ({ act, of }: { act: EndingName; of?: Counted | undefined }) => (
  <Stack gap="xs" align="stretch">
    <Text>{t(ENDINGS[act].says)}</Text>
    {of ? <Impact of={of} /> : null}
    <Text c="dimmed">{t(undoOf(act))}</Text>
  </Stack>
)

/** Loads the counts when the dialog opens. */
const Impact = ({ of: [operation, what] }: { of: Counted }) => (
  <Loaded from={useAsk<Counts>(operation, what as Ask<Counts>)} skeleton={<Skeleton h={24} />}>
    {impact => (
      <Text>
        <strong>
          {sayImpact({
            credentials: impact.credentials,
            users: impact.users,
            applications: impact.applications,
            uses: impact.uses_24h,
            refusals: impact.refusals_24h,
            networks: impact.networks_24h,
          })}
        </strong>
        {impact.last_used_at !== null ? (
          <> {tx('Last used {when}.', { when: <When at={impact.last_used_at} /> })}</>
        ) : null}
      </Text>
    )}
  </Loaded>
)
