import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'
import { RowsSkeleton } from './skeletons.tsx'

type Asked<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch(): unknown }
type Props<T> = { from: Asked<T>; children: (data: T) => ReactNode; skeleton?: ReactNode }

/** Shows the state of a request: loading, failed (with older data if there is any), or loaded. */
export function Loaded<T>({ from, children, skeleton }: Props<T>) {
  if (from.isPending && from.data === undefined) return skeleton ?? <RowsSkeleton />
  return (
    <>
      {from.error ? <Failure error={from.error} onRetry={() => from.refetch()} /> : null}
      {from.data === undefined ? null : children(from.data)}
    </>
  )
}
