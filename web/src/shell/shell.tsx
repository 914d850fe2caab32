import { Alert, Burger, Button, Drawer, Kbd } from '@mantine/core'
import { useDisclosure, useNetwork } from '@mantine/hooks'
import { IconCloudOff, IconSearch } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { Account } from './account.tsx'
import { Areas } from './areas.tsx'
import { Brand } from './brand.tsx'
import { Navigation } from './navigation.tsx'
import { SchemeSwitch } from './scheme-switch.tsx'
import styles from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'

/** Loaded at its first use. */
const Palette = lazy(() => import('./palette.tsx'))

/** The header, navigation and dialogs around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, { toggle, close }] = useDisclosure(false)
  const { online } = useNetwork()
  const main = useRef<HTMLElement>(null)
  useFocusAfterTurning(main)
  const { may } = useSession()
  const [finding, { open: find, close: found }] = useDisclosure(false)
  const [wanted, setWanted] = useState(false)
  const openPalette = useCallback(() => {
    setWanted(true)
    find()
  }, [find])
  useShortcuts(may, openPalette)
  const side = (
    <>
      <Button
        variant="default"
        size="xs"
        justify="space-between"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => {
          close()
          openPalette()
        }}
      >
        Find anything
      </Button>
      <Navigation onPick={close} />
      <Areas />
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
            This page shows the last known state. What you entered is kept.
          </Alert>
        )}
        {children}
      </main>
      {wanted ? (
        <Suspense fallback={null}>
          <Palette open={finding} onClose={found} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** Moves the focus to a new page, so that screen readers announce it; not at the first load. */
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
