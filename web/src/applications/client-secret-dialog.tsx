import { Code, Text } from '@mantine/core'
import { t, tx } from '../language/t.ts'
import { OnceDialog } from '../show/change/once-dialog.tsx'

/** Shows the id and secret of an application or API. The secret is shown only here. */
export const ClientSecretDialog = ({ id, secret, onClose }: { id: string; secret: string; onClose(): void }) => (
  <OnceDialog
    title={t('Store this secret now')}
    says={<Text size="sm">{tx('Client id: {id}', { id: <Code>{id}</Code> })}</Text>}
    secret={secret}
    masked={'•'.repeat(32)}
    label={t('Copy secret')}
    env={`CLAVIGER_CLIENT_ID=${id}\nCLAVIGER_CLIENT_SECRET=${secret}\n`}
    onClose={onClose}
  />
)
