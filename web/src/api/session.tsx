import { OPERATIONS } from 'virtual:operations'
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { Failure } from '../show/page/failure.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { rememberCsrf } from './ask.ts'
import { type May, mayWith } from './may.ts'
import { useAsk } from './use-ask.ts'

export type SignedIn = Answer<'getSession'> & { may: May }

const Context = createContext<SignedIn | undefined>(undefined)

/** The signed-in user and their permissions. All components inside the gate have a session. */
export function useSession(): SignedIn {
  const session = useContext(Context)
  if (!session) throw new Error('useSession outside of SessionGate')
  return session
}

export function SessionGate({ children }: { children: ReactNode }) {
  const session = useAsk('getSession')
  if (session.data) rememberCsrf(session.data.csrf)
  useEffect(() => {
    if (session.data) document.documentElement.dataset['ready'] = 'true'
  }, [session.data])
  if (session.isPending) return <PageSkeleton />
  if (!session.data) return <Failure error={session.error} onRetry={() => session.refetch()} />
  const may = mayWith(OPERATIONS, session.data.permissions)
  return <Context value={{ ...session.data, may }}>{children}</Context>
}
