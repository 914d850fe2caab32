import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import type { MenuOf } from './opened-menu.tsx'

const OpenedMenu = lazy(() => import('./opened-menu.tsx'))

/** A menu whose code is loaded when it is opened for the first time. */
export function LateMenu({ button, items }: MenuOf) {
  const [wanted, setWanted] = useState(false)
  const closed = <Button {...button} aria-haspopup="menu" loading={wanted} onClick={() => setWanted(true)} />
  if (!wanted) return closed
  return (
    <Suspense fallback={closed}>
      <OpenedMenu button={button} items={items} />
    </Suspense>
  )
}
