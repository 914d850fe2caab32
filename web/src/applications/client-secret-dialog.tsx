import { Alert, Button, Checkbox, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconDownload, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { Copy } from '../show/copy.tsx'
import { save } from '../show/sheet.ts'
import styles from '../show/show.module.css'

/** Id and secret of an application or an API: the id stays, the secret is seen this once. */
export function ClientSecretDialog({ id, secret, onClose }: { id: string; secret: string; onClose(): void }) {
  const [shown, setShown] = useState(false)
  const [kept, setKept] = useState(false)
  const [warned, setWarned] = useState(false)
  const leave = () => (kept || warned ? onClose() : setWarned(true))
  const lines = `CLAVIGER_CLIENT_ID=${id}\nCLAVIGER_CLIENT_SECRET=${secret}\n`
  return (
    <Modal
      opened
      onClose={leave}
      closeOnClickOutside={false}
      closeOnEscape={kept}
      withCloseButton={false}
      title="Its secret: store it now"
    >
      <Stack gap="md">
        <Text size="sm">
          Client id: <Code>{id}</Code>
        </Text>
        <output className={styles.secret} aria-label="The secret">
          {shown ? secret : '•'.repeat(32)}
        </output>
        <Group gap="xs">
          <Copy text={secret} label="Copy secret" variant="filled" onCopied={() => setKept(true)} data-autofocus />
          <Button
            size="xs"
            variant="default"
            aria-pressed={shown}
            leftSection={shown ? <IconEyeOff size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
            onClick={() => setShown(!shown)}
          >
            {shown ? 'Hide' : 'Show'}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => {
              save('claviger.env', 'text/plain', lines)
              setKept(true)
            }}
          >
            Download .env
          </Button>
        </Group>
        {warned && !kept ? (
          <Alert color="yellow" role="alert" title="It cannot be shown again">
            If you leave now, the secret is lost, and you will have to make another one.
          </Alert>
        ) : null}
        <Group justify="space-between">
          <Checkbox label="I stored it" checked={kept} onChange={event => setKept(event.currentTarget.checked)} />
          <Button variant={kept ? 'filled' : 'default'} color={warned && !kept ? 'red' : 'accent'} onClick={leave}>
            {warned && !kept ? 'Leave without it' : 'Done'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
