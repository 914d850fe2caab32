import { Alert, Button, Checkbox, Group, Modal, Stack } from '@mantine/core'
import { IconAlertTriangle, IconDownload, IconEye, IconEyeOff } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { t } from '../../language/t.ts'
import { save } from '../list/sheet.ts'
import { Copy } from '../value/copy.tsx'
import styles from './change.module.css'

/**
 * Shows a secret once. The secret is only in this component's memory: not in the address, the history or any storage.
 * Closing the dialog before copying needs a second click, because the secret cannot be shown again.
 */
export function OnceDialog({
  title,
  says,
  secret,
  masked,
  label,
  env,
  ways,
  children,
  onClose,
}: {
  title: string
  says: ReactNode
  secret: string
  /** Shown in place of the secret until the person reveals it. */
  masked: string
  /** The label of the copy button. */
  label?: string
  /** The content of the file for download. */
  env: string
  /** More ways to keep the secret; each must call the function after doing so. */
  ways?: (onKept: () => void) => ReactNode
  children?: ReactNode
  onClose(): void
}) {
  const [shown, setShown] = useState(false)
  const [kept, setKept] = useState(false)
  const [warned, setWarned] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const leave = () => (kept || warned ? onClose() : setWarned(true))
  const onKept = () => setKept(true)
  return (
    <Modal
      opened
      onClose={leave}
      closeOnEscape={kept}
      closeOnClickOutside={false}
      {...(children ? { size: 'lg' } : {})}
      withCloseButton={false}
      title={
        <span ref={heading} tabIndex={-1}>
          {title}
        </span>
      }
    >
      <Stack gap="md">
        {says}
        <output className={styles.secret} aria-label={t('The secret')} data-testid="secret">
          {shown ? secret : masked}
        </output>
        <Group gap="xs">
          <Copy text={secret} {...(label ? { label } : {})} variant="filled" onCopied={onKept} data-autofocus />
          <Button
            size="xs"
            variant="default"
            aria-pressed={shown}
            leftSection={shown ? <IconEyeOff size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('Hide') : t('Show')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => {
              save('claviger.env', 'text/plain', env)
              onKept()
            }}
          >
            {t('Download .env')}
          </Button>
          {ways?.(onKept)}
        </Group>
        {children}
        {warned && !kept ? (
          <Alert
            color="yellow"
            role="alert"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('It cannot be shown again')}
          >
            {t(
              'You have neither copied nor downloaded it. If you leave now, it is lost, and you must make another one.',
            )}
          </Alert>
        ) : null}
        <Group justify="space-between">
          <Checkbox label={t('I stored it')} checked={kept} onChange={event => setKept(event.currentTarget.checked)} />
          <Button variant={kept ? 'filled' : 'default'} color={warned && !kept ? 'red' : 'accent'} onClick={leave}>
            {warned && !kept ? t('Leave without a copy') : t('Done')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
