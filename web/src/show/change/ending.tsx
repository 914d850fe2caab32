import { Skeleton, Stack, Text } from '@mantine/core'
import { type Answer, ENDINGS, type EndingName, impactSentence, undoOf } from '../../../../src/wire/admin/contract.ts'
import { inGerman, t, tx } from '../../language/t.ts'
import { Loaded } from '../page/loaded.tsx'
import { When } from '../value/when.tsx'

type Impact = Answer<'credentialImpact'>
const sayImpact = inGerman(({ impact }) => impact) ?? impactSentence
type Asked = { data: Impact | undefined; error: unknown; isPending: boolean; refetch(): unknown }

/**
 * The consequences of an ending, the use of the last day, and whether it can be undone, in the words used everywhere.
 */
export function Ending({ act, of }: { act: EndingName; of?: Asked }) {
  return (
    <Stack gap="xs" align="stretch">
      <Text>{t(ENDINGS[act].says)}</Text>
      {of ? (
        <Loaded from={of} skeleton={<Skeleton h={24} />}>
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
      ) : null}
      <Text c="dimmed">{t(undoOf(act))}</Text>
    </Stack>
  )
}
