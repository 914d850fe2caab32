import { Text, Textarea, TextInput } from '@mantine/core'
import type { Body } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Card } from '../show/page/card.tsx'
import type { Client } from './words.ts'

/** Public keys of a confidential application, in place of a secret or in addition to one. */
export function ApplicationKeys({ client }: { client: Client }) {
  const draft = useDraft({
    jwks: client.jwks ? JSON.stringify(client.jwks, undefined, 2) : '',
    jwks_uri: client.jwks_uri ?? '',
  })
  const [text, uri] = [draft.values.jwks.trim(), draft.values.jwks_uri.trim()]
  const keys = readKeys(text)
  const wrong =
    keys === 'unreadable'
      ? t('This is not a JSON Web Key Set. It looks like {example}.', { example: '{"keys": [...]}' })
      : text && uri
        ? t('Enter the keys or their address, not both.')
        : undefined
  const what = {
    params: { id: client.id },
    body: uri ? { jwks_uri: uri } : { jwks: keys === 'unreadable' ? null : keys },
  }
  return (
    <Card title={t('Keys')}>
      <ChangeForm operation="changeClient" what={what} action={t('Save keys')} ready={!wrong} draft={draft}>
        <Text size="sm">
          {t(
            'With its own key pair, an application authenticates without a shared secret (private_key_jwt). Enter only public keys here.',
          )}
        </Text>
        <Textarea
          label={t('Public keys')}
          description={t('A JSON Web Key Set. Leave empty for none.')}
          autosize
          minRows={2}
          maxRows={10}
          {...draft.text('jwks')}
          {...(wrong && { error: wrong })}
        />
        <TextInput
          label={t('Address of the keys')}
          description={t(
            'An https address (jwks_uri). This server reads it again when the application uses a new key.',
          )}
          {...draft.text('jwks_uri')}
        />
      </ChangeForm>
    </Card>
  )
}

type Keys = NonNullable<Body<'changeClient'>['jwks']>

function readKeys(text: string): Keys | null | 'unreadable' {
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'keys' in value ? (value as Keys) : 'unreadable'
  } catch {
    return 'unreadable'
  }
}
