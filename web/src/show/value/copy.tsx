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
    const worked = await copyText(text)
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

/** Copies a text, and returns whether it worked. Browsers have no `navigator.clipboard` on plain http, except on loopback. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  const place = focused?.closest('[role=dialog]') ?? document.body
  place.append(field)
  field.select()
  const worked = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return worked
}
