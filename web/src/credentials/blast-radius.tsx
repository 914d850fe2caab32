import { Skeleton, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { Loaded } from '../show/loaded.tsx'
import { When } from '../show/when.tsx'
import { counted } from '../show/words.ts'

type Impact = Answer<'credentialImpact'>
type Asked = { data: Impact | undefined; error: unknown; isPending: boolean; refetch(): unknown }

/** What stops, before it does. */
export function BlastRadius({ of, what, reversible = false }: { of: Asked; what: string; reversible?: boolean }) {
  return (
    <Loaded from={of} skeleton={<Skeleton h={48} />}>
      {impact => (
        <Text>
          {what} was used <strong>{counted(impact.uses_24h, 'time')}</strong> in the last 24 hours
          {impact.networks_24h > 0 ? ` from ${counted(impact.networks_24h, 'network')}` : ''}
          {impact.last_used_at !== null ? (
            <>
              , last <When at={impact.last_used_at} />
            </>
          ) : null}
          .{' '}
          {impact.credentials > 1
            ? `${counted(impact.credentials, 'credential')} will stop working.`
            : 'Whoever uses it is refused within a second.'}
          {impact.users > 1 ? ` ${counted(impact.users, 'user')} will have to allow it again.` : ''}{' '}
          {reversible ? 'Enabling it brings everything back.' : 'This cannot be undone.'}
        </Text>
      )}
    </Loaded>
  )
}
