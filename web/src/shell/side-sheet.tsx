import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../language/t.ts'
import styles from './shell.module.css'

/** The sections on a narrow screen. The browser keeps the focus inside, closes it by Escape and gives the focus back. */
export function SideSheet({ label, onClose, children }: { label: string; onClose(): void; children: ReactNode }) {
  const sheet = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opened = sheet.current
    opened?.showModal()
    // The focus returns only if the element is closed before it is removed.
    return () => opened?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too.
    <dialog
      ref={sheet}
      aria-label={label}
      className={styles.sheet}
      onClose={onClose}
      onClick={event => event.target === event.currentTarget && onClose()}
    >
      <CloseButton className={styles.close} aria-label={t('Close')} onClick={onClose} />
      {children}
    </dialog>
  )
}
