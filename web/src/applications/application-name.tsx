import type { ReactNode } from 'react'
import { Lead } from '../show/list/lead.tsx'
import { hrefOf } from '../show/value/href-of.ts'
import { Name } from '../show/value/name.tsx'
import type { Client } from './words.ts'

/** The name of an application in a list, as a link, with a detail beside it. */
export const ApplicationName = ({ of: { id, name }, children }: { of: Client; children: ReactNode }) => (
  <Lead href={hrefOf('client', id)} beside={children}>
    <Name text={name} />
  </Lead>
)
