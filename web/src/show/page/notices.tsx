import { Button, Group, Notification, Stack } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { t } from '../../language/t.ts'

/* Short messages after an action. Screen readers announce them, and they disappear after some seconds. */

type More = { mood?: 'good' | 'bad'; undo?: (() => Promise<unknown>) | undefined }
type Notice = More & { id: number; text: string }
let notices: readonly Notice[] = []
let last = 0
const listeners = new Set<() => void>()
const put = (next: readonly Notice[]) => {
  notices = next
  for (const listener of listeners) listener()
}

const drop = (id: number) => put(notices.filter(one => one.id !== id))

export function notice(text: string, more: More = {}): void {
  const id = ++last
  put([...notices.slice(-3), { id, text, ...more }])
  setTimeout(() => drop(id), more.undo ? 15_000 : 5000)
}

async function takeBack({ id, undo }: Notice): Promise<void> {
  drop(id)
  try {
    await undo?.()
    notice(t('Undone'))
  } catch {
    notice(t('It could not be undone'), { mood: 'bad' })
  }
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
    <Stack
      pos="fixed"
      right={16}
      bottom={16}
      gap="xs"
      maw="min(24rem, calc(100vw - 2rem))"
      style={{ zIndex: 500 }}
      role="status"
      aria-live="polite"
    >
      {shown.map(one => (
        <Notification
          key={one.id}
          withBorder
          withCloseButton={false}
          color={one.mood === 'bad' ? 'red' : 'accent'}
          icon={one.mood === 'bad' ? <IconX size={18} aria-hidden /> : <IconCheck size={18} aria-hidden />}
        >
          <Group justify="space-between" wrap="nowrap">
            {one.text}
            {one.undo ? (
              <Button size="xs" variant="default" onClick={() => void takeBack(one)}>
                {t('Undo')}
              </Button>
            ) : null}
          </Group>
        </Notification>
      ))}
    </Stack>
  )
}
