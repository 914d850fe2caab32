import { Button, Menu, Tabs, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { t, tx } from '../language/t.ts'
import { OnceDialog } from '../show/change/once-dialog.tsx'
import page from '../show/page/page.module.css'
import { Copy, copyText } from '../show/value/copy.tsx'
import { FirstRequest } from './first-request.tsx'
import { Sample } from './sample.tsx'
import { envLine, samples } from './samples.ts'
import { TestNow } from './test-now.tsx'

/** Commands that read the secret from their input, so that it is in no command line and in no history of a shell. */
const COMMANDS = [
  { label: t('Shell'), command: 'read -rs CLAVIGER_TOKEN && export CLAVIGER_TOKEN' },
  { label: t('Docker secret'), command: 'docker secret create claviger_token -' },
  { label: 'GitHub Actions', command: 'gh secret set CLAVIGER_TOKEN' },
  {
    label: t('Kubernetes secret'),
    command: 'kubectl create secret generic claviger-token --from-file=token=/dev/stdin',
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
  return (
    <OnceDialog
      title={credential.kind === 'api_key' ? t('Your new API key: store it now') : t('Your new token: store it now')}
      says={
        <Text size="sm">
          {tx('It is shown only now. Later, only {hint} is shown.', { hint: <code>{credential.hint}</code> })}
        </Text>
      }
      secret={secret}
      masked={`${credential.hint.split('…')[0] ?? ''}${'•'.repeat(24)}`}
      env={envLine(secret)}
      ways={onKept => (
        <Menu>
          <Menu.Target>
            <Button size="xs" variant="default">
              {t('Copy for …')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void copyText(envLine(secret)).then(worked => worked && onKept())}>
              {t('.env line')}
            </Menu.Item>
            <Menu.Label>{t('Commands that ask for the secret')}</Menu.Label>
            {COMMANDS.map(({ label, command }) => (
              <Menu.Item key={label} onClick={() => void copyText(command)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      onClose={onClose}
    >
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List className={page.tabs}>
          {samples(issuer).map(({ language, label }) => (
            <Tabs.Tab key={language} value={language}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {samples(issuer).map(({ language, label, code }) => (
          <Tabs.Panel key={language} value={language} pt="xs">
            <Sample label={label} code={code} />
            <Copy text={code} label={t('Copy sample')} mt="xs" />
          </Tabs.Panel>
        ))}
      </Tabs>
      <TestNow secret={secret} />
      <FirstRequest id={credential.id} />
    </OnceDialog>
  )
}
