import { Alert, Button, Checkbox, Group, Menu, Modal, Stack, Switch, Tabs, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload, IconEye, IconEyeOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { Copy } from '../show/copy.tsx'
import { save } from '../show/sheet.ts'
import styles from '../show/show.module.css'
import { FirstRequest } from './first-request.tsx'
import { Sample } from './sample.tsx'
import { envLine, samples } from './samples.ts'
import { TestNow } from './test-now.tsx'

const FORMS = [
  { label: 'Shell export', write: (secret: string) => `export CLAVIGER_TOKEN='${secret}'` },
  { label: '.env line', write: envLine },
  {
    label: 'Docker secret',
    write: (secret: string) => `printf %s '${secret}' | docker secret create claviger_token -`,
  },
  { label: 'GitHub Actions', write: (secret: string) => `gh secret set CLAVIGER_TOKEN --body '${secret}'` },
  {
    label: 'Kubernetes secret',
    write: (secret: string) => `kubectl create secret generic claviger-token --from-literal=token='${secret}'`,
  },
] as const

/**
 * The one time a secret is seen. It lives in this component's memory: not in the address, not in the history, not in
 * any storage. Leaving by accident is made hard, because there is no second look.
 */
export function SecretDialog({
  made: { secret, credential },
  onClose,
}: {
  made: Answer<'createCredential'>
  onClose(): void
}) {
  const { issuer } = useSession()
  const [shown, setShown] = useState(false)
  const [kept, setKept] = useState(false)
  const [warned, setWarned] = useState(false)
  const [literal, setLiteral] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const leave = () => (kept || warned ? onClose() : setWarned(true))
  const masked = `${credential.hint.split('…')[0] ?? ''}${'•'.repeat(24)}`
  return (
    <Modal
      opened
      onClose={leave}
      closeOnEscape={kept}
      closeOnClickOutside={false}
      size="lg"
      withCloseButton={false}
      title={
        <span ref={title} tabIndex={-1}>
          Your new {credential.kind === 'api_key' ? 'API key' : 'token'}: store it now
        </span>
      }
    >
      <Stack gap="md">
        <Text size="sm">
          It is shown this once. Afterwards only <code>{credential.hint}</code> remains, to tell it from others.
        </Text>
        <output className={styles.secret} aria-label="The secret" data-testid="secret">
          {shown ? secret : masked}
        </output>
        <Group gap="xs">
          <Copy text={secret} variant="filled" onCopied={() => setKept(true)} data-autofocus />
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
              save('claviger.env', 'text/plain', envLine(secret))
              setKept(true)
            }}
          >
            Download .env
          </Button>
          <Menu>
            <Menu.Target>
              <Button size="xs" variant="default">
                Copy for …
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {FORMS.map(({ label, write }) => (
                <Menu.Item
                  key={label}
                  onClick={() => void navigator.clipboard.writeText(write(secret)).then(() => setKept(true))}
                >
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List>
            {samples(issuer, undefined).map(({ language, label }) => (
              <Tabs.Tab key={language} value={language}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {samples(issuer, literal ? secret : undefined).map(({ language, label, code }) => (
            <Tabs.Panel key={language} value={language} pt="xs">
              <Sample label={label} code={code} />
              <Group justify="space-between" mt="xs">
                <Copy text={code} label="Copy sample" />
                <Switch
                  size="xs"
                  label="Insert the real secret"
                  checked={literal}
                  onChange={event => setLiteral(event.currentTarget.checked)}
                />
              </Group>
            </Tabs.Panel>
          ))}
        </Tabs>
        <TestNow secret={secret} />
        <FirstRequest id={credential.id} />
        {warned && !kept ? (
          <Alert color="yellow" role="alert" icon={<IconAlertTriangle aria-hidden />} title="It cannot be shown again">
            You have neither copied nor downloaded it. If you leave now, the secret is lost, and you will have to make
            another one.
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
