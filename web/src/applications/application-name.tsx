import type { ReactNode } from 'react'
import { Lead } from '../show/list/lead.tsx'
import { Name } from '../show/value/name.tsx'
import { type Client, hrefOf } from './words.ts'

/** The name of an application in a list, as a link, with a detail beside it. */
export const ApplicationName = ({ of: { id, name }, children }: { of: Client; children: ReactNode }) => (
  <Lead href={hrefOf(id)} beside={children}>
    <Name text={name} />
  </Lead>
)
