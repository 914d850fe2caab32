import { Alert, Burger, Drawer } from '@mantine/core'
import { useDisclosure, useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { Account } from './account.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import styles from './shell.module.css'

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, { toggle, close }] = useDisclosure(false)
  const { online } = useNetwork()
  const main = useRef<HTMLElement>(null)
  useFocusAfterTurning(main)
  const side = (
    <>
      <Navigation onPick={close} />
      <div className={styles.foot}>
        <Account />
        <SchemeSwitch />
      </div>
    </>
  )
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <header className={styles.side}>
        <Brand />
        {side}
      </header>
      <header className={styles.bar}>
        <Burger opened={open} onClick={toggle} size="sm" aria-label="Sections" />
        <Brand />
      </header>
      <Drawer opened={open} onClose={close} title="Sections" size="17rem" closeButtonProps={{ 'aria-label': 'Close' }}>
        {side}
      </Drawer>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {online ? null : (
          <Alert color="yellow" icon={<IconCloudOff />} title="You are offline" mb="md" role="status">
            What you see is what was known before. Nothing you typed is lost; try again when you are back.
          </Alert>
        )}
        {children}
      </main>
    </div>
  )
}

/** A new page is announced by moving the focus to it, but never at the first load. */
function useFocusAfterTurning(main: { current: HTMLElement | null }): void {
  const [location] = useLocation()
  const before = useRef(location)
  useEffect(() => {
    if (before.current === location) return
    before.current = location
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [location, main])
}
