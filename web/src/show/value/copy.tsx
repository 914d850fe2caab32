import { Button, type ButtonProps } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { t } from '../../language/t.ts'

/** Copies a text and confirms it, visibly and for screen readers. */
export function Copy({
  text,
  label = t('Copy'),
  onCopied,
  ...button
}: ButtonProps & {
  text: string
  label?: string
  onCopied?: () => void
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    const worked = await navigator.clipboard.writeText(text).then(
      () => true,
      () => copyBySelection(text),
    )
    setState(worked ? 'copied' : 'failed')
    if (worked) onCopied?.()
    setTimeout(() => setState('idle'), 2500)
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={state === 'copied' ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      {...button}
      onClick={copy}
    >
      <span aria-live="polite">
        {state === 'copied' ? t('Copied') : state === 'failed' ? t('Select and copy by hand') : label}
      </span>
    </Button>
  )
}

/** Browsers disable the clipboard API on plain http except on loopback, so this copies by selection. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const place = document.activeElement?.closest('[role=dialog]') ?? document.body
  place.append(field)
  field.select()
  const worked = document.execCommand('copy')
  field.remove()
  return worked
}
