import { ActionIcon, Alert, Button, Kbd } from '@mantine/core'
import { useDisclosure, useNetwork } from '@mantine/hooks'
import { IconCloudOff, IconMenu2, IconSearch } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { BASE } from '../api/base.ts'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { Account } from './account.tsx'
import { Navigation } from './navigation.tsx'
import styles from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'
import { SideSheet } from './side-sheet.tsx'

/** Loaded at its first use. */
const Palette = lazy(() => import('./palette.tsx'))

/** The header, navigation and dialogs around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, { open: show, close }] = useDisclosure(false)
  const { online } = useNetwork()
  const main = useRef<HTMLElement>(null)
  useFocusAfterTurning(main)
  const { may } = useSession()
  /** `undefined` until it is opened for the first time, so that its code is loaded only then. */
  const [finding, setFinding] = useState<boolean>()
  const openPalette = useCallback(() => setFinding(true), [])
  useShortcuts(may, openPalette)
  const brand = (
    <Link href="/" className={styles.brand ?? ''}>
      <img src={`${BASE}/assets/claviger.svg`} alt="" width="26" height="26" />
      Claviger
    </Link>
  )
  const side = (
    <>
      <Button
        variant="default"
        size="xs"
        justify="space-between"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">{t('Ctrl K')}</Kbd>}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => {
          close()
          openPalette()
        }}
      >
        {t('Find anything')}
      </Button>
      <Navigation onPick={close} />
      <Account />
    </>
  )
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('Skip to the page')}
      </button>
      <header className={styles.side}>
        {brand}
        {side}
      </header>
      <header className={styles.bar}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('Sections')}
          aria-haspopup="dialog"
          onClick={show}
        >
          <IconMenu2 size={20} aria-hidden />
        </ActionIcon>
        {brand}
      </header>
      {open ? (
        <SideSheet label={t('Sections')} onClose={close}>
          {side}
        </SideSheet>
      ) : null}
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {online ? null : (
          <Alert color="yellow" icon={<IconCloudOff />} title={t('You are offline')} mb="md" role="status">
            {t('This page shows the last known state. What you entered is kept.')}
          </Alert>
        )}
        {children}
      </main>
      {finding === undefined ? null : (
        <Suspense fallback={null}>
          <Palette open={finding} onClose={() => setFinding(false)} />
        </Suspense>
      )}
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
