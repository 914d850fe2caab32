import type { ReactNode } from 'react'
import { Failure } from './failure.tsx'
import { PageHead } from './page-head.tsx'
import { PageSkeleton, RowsSkeleton } from './skeletons.tsx'

type Asked<T> = { data: T | undefined; error: unknown; isPending: boolean; refetch(): unknown }
type Props<T> = {
  from: Asked<T>
  children: (data: T) => ReactNode
  skeleton?: ReactNode
  /** For a whole page: its heading if nothing could be loaded. */
  page?: string
}

/** Shows the state of a request: loading, failed (with older data if there is any), or loaded. */
export function Loaded<T>({ from, children, skeleton, page }: Props<T>) {
  if (from.isPending && from.data === undefined) return skeleton ?? (page ? <PageSkeleton /> : <RowsSkeleton />)
  return (
    <>
      {page && from.data === undefined ? <PageHead title={page} /> : null}
      {from.error ? <Failure error={from.error} onRetry={() => from.refetch()} /> : null}
      {from.data === undefined ? null : children(from.data)}
    </>
  )
}
