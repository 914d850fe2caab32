import { Group, Input, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { useKnownScopes } from '../scopes/use-known-scopes.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Choice, choicesOf } from '../show/value/choice.tsx'
import { hrefOf } from '../show/value/href-of.ts'
import { ClientSecretDialog } from './client-secret-dialog.tsx'
import { type Client, linesOf, TYPES, TYPES_MEAN } from './words.ts'

export function CreateApplication({ openAtFirst = false }: { openAtFirst?: boolean }) {
  const known = useKnownScopes()
  const draft = useDraft({
    name: '',
    type: 'confidential' as Client['type'],
    redirect_uris: '',
    scopes: known?.free ? ['read'] : [],
  })
  const [made, setMade] = useState<{ id: string; secret: string }>()
  const [, go] = useLocation()
  const { name, type, redirect_uris, scopes } = draft.values
  const body = { name: name.trim(), type, redirect_uris: linesOf(redirect_uris), scopes }
  return (
    <>
      <AskingButton
        label={t('Register application')}
        icon={<IconPlus size={16} aria-hidden />}
        variant="filled"
        openAtFirst={openAtFirst}
        title={t('Register an application')}
        action={t('Register')}
        ready={body.name !== ''}
        draft={draft}
        operation="createClient"
        what={{ body }}
        onDone={({ client: { id }, client_secret: secret }) =>
          secret === null ? go(hrefOf('client', id)) : setMade({ id, secret })
        }
      >
        <TextInput
          label={t('Name')}
          description={t('Users see this name on the consent page.')}
          required
          data-autofocus
          maxLength={100}
          {...draft.text('name')}
        />
        <Input.Wrapper
          label={t('Type')}
          labelElement="div"
          description={TYPES_MEAN[type]}
          inputWrapperOrder={['label', 'input', 'description']}
        >
          <Group grow>
            <Choice label={t('Type')} value={type} onChange={type => draft.change({ type })} of={choicesOf(TYPES)} />
          </Group>
        </Input.Wrapper>
        <Textarea
          label={t('Redirect addresses')}
          description={t(
            'One per line, exact. Programs on the same machine: http://127.0.0.1/callback, with any port. Without a page: urn:ietf:wg:oauth:2.0:oob',
          )}
          placeholder="https://app.example.com/callback"
          autosize
          minRows={2}
          wrap="off"
          {...draft.text('redirect_uris')}
        />
        <ScopePicker label={t('Scopes it may request')} {...draft.pick('scopes')} />
      </AskingButton>
      {made ? (
        <ClientSecretDialog
          {...made}
          onClose={() => {
            setMade(undefined)
            go(hrefOf('client', made.id))
          }}
        />
      ) : null}
    </>
  )
}
