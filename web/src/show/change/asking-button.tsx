import { Button, type ButtonProps } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useSession } from '../../api/session.tsx'
import type { Shown } from '../command/commands.ts'
import { Confirm, type Question } from './confirm.tsx'

/** A button whose action is confirmed in a dialog, for people who may do it. */
export function AskingButton<Id extends Shown>({
  label,
  icon,
  size = 'sm',
  variant = 'default',
  openAtFirst = false,
  ...question
}: Question<Id> & Pick<ButtonProps, 'size' | 'variant'> & { label: string; icon?: ReactNode; openAtFirst?: boolean }) {
  const [open, { open: show, close }] = useDisclosure(openAtFirst)
  const { may } = useSession()
  if (!may(question.operation)) return null
  return (
    <>
      <Button size={size} variant={variant} leftSection={icon} onClick={show}>
        {label}
      </Button>
      <Confirm {...question} open={open} onClose={close} />
    </>
  )
}
