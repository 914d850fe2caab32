import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../language/t.ts'

/** Asks before the person leaves the page with changes that are not saved. */
export function LeaveWarning({ when }: { when: boolean }) {
  const [leave, setLeave] = useState<() => void>()
  const allowed = useRef(false)
  useEffect(() => {
    if (!when) return
    allowed.current = false
    const onNavigate = (event: NavigateEvent) => {
      if (allowed.current || !event.cancelable || !event.destination.sameDocument) return
      event.preventDefault()
      const { key, url } = event.destination
      setLeave(() => () => {
        allowed.current = true
        if (event.navigationType === 'traverse') window.navigation.traverseTo(key)
        else history[event.navigationType === 'replace' ? 'replaceState' : 'pushState'](null, '', url)
        setLeave(undefined)
      })
    }
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    // Older browsers have no Navigation API; they ask only before the whole page is left.
    window.navigation?.addEventListener('navigate', onNavigate)
    window.addEventListener('beforeunload', onUnload)
    return () => {
      window.navigation?.removeEventListener('navigate', onNavigate)
      window.removeEventListener('beforeunload', onUnload)
    }
  }, [when])
  const stay = () => setLeave(undefined)
  return (
    <Modal
      opened={leave !== undefined}
      onClose={stay}
      title={t('Leave without saving?')}
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      <Stack gap="md">
        <Text>{t('Your changes on this page are not saved.')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={stay} data-autofocus>
            {t('Stay on this page')}
          </Button>
          <Button color="red" onClick={leave}>
            {t('Leave without saving')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
