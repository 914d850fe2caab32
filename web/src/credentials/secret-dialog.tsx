import { Button, Group, Menu, Switch, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { Copy } from '../show/copy.tsx'
import { OnceDialog } from '../show/once-dialog.tsx'
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

/** Shows a new credential: its secret, samples, and its first use. */
export function SecretDialog({
  made: { secret, credential },
  onClose,
}: {
  made: Answer<'createCredential'>
  onClose(): void
}) {
  const { issuer } = useSession()
  const [literal, setLiteral] = useState(false)
  return (
    <OnceDialog
      title={`Your new ${credential.kind === 'api_key' ? 'API key' : 'token'}: store it now`}
      says={
        <Text size="sm">
          It is shown this once. Afterwards only <code>{credential.hint}</code> remains, to tell it from others.
        </Text>
      }
      secret={secret}
      masked={`${credential.hint.split('…')[0] ?? ''}${'•'.repeat(24)}`}
      env={envLine(secret)}
      ways={onKept => (
        <Menu>
          <Menu.Target>
            <Button size="xs" variant="default">
              Copy for …
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FORMS.map(({ label, write }) => (
              <Menu.Item key={label} onClick={() => void navigator.clipboard.writeText(write(secret)).then(onKept)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      onClose={onClose}
    >
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
    </OnceDialog>
  )
}
