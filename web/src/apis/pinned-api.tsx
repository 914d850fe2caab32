import { useAsk } from '../api/use-ask.ts'
import { Pinned } from '../show/list/pinned.tsx'
import { plainName } from '../show/value/name.tsx'

/** The filter of a list by an API. */
export function PinnedApi({ id, onClear }: { id: string; onClear(): void }) {
  const apis = useAsk('listResourceServers')
  const name = apis.data?.items.find(api => api.id === id || api.audience === id)?.name
  return <Pinned label="API" value={plainName(name ?? id)} onClear={onClear} />
}
