import { Notification } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import styles from './notices.module.css'

/* Short words after an action, spoken by screen readers, gone after some seconds. */

type Notice = { id: number; text: string; mood: 'good' | 'bad' }
let notices: readonly Notice[] = []
let last = 0
const listeners = new Set<() => void>()
const put = (next: readonly Notice[]) => {
  notices = next
  for (const listener of listeners) listener()
}

export function notice(text: string, mood: Notice['mood'] = 'good'): void {
  const id = ++last
  put([...notices.slice(-3), { id, text, mood }])
  setTimeout(() => put(notices.filter(one => one.id !== id)), 5000)
}

export function Notices() {
  const shown = useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => notices,
  )
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {shown.map(({ id, text, mood }) => (
        <Notification
          key={id}
          withBorder
          withCloseButton={false}
          color={mood === 'good' ? 'accent' : 'red'}
          icon={mood === 'good' ? <IconCheck size={18} aria-hidden /> : <IconX size={18} aria-hidden />}
        >
          {text}
        </Notification>
      ))}
    </div>
  )
}
