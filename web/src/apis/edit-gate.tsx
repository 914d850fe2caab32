import { Select, TextInput } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { AskingButton } from '../show/change/asking-button.tsx'
import { useDraft } from '../show/change/use-draft.ts'

export type Gate = Pick<Answer<'listGates'>['items'][number], 'name' | 'audience' | 'scopes' | 'profile' | 'preflights'>
export const NEW_GATE: Gate = { name: '', audience: null, scopes: [], profile: 'oauth', preflights: 'check' }

const PROFILES = ['oauth', 'apikey', 'zocial', 'zebbra', 'tokenapi', 'mastodon'] as const satisfies Gate['profile'][]
const PREFLIGHTS = [
  { value: 'check', label: t('checked like every other request') },
  { value: 'pass-by-method', label: t('allowed, recognised by their method (Envoy)') },
  {
    value: 'pass-by-header',
    label: t('allowed, recognised by X-Forwarded-Method (nginx, Caddy, Traefik, HAProxy, Apache)'),
  },
] as const satisfies { value: Gate['preflights']; label: string }[]

/** Changes a gate, or adds one if `start` has no name. */
export function EditGate({ start }: { start: Gate }) {
  const draft = useDraft(start)
  const { name, audience, scopes, profile, preflights } = draft.values
  const wanted = { audience: audience?.trim() || null, scopes, profile, preflights }
  return (
    <AskingButton
      label={start.name ? t('Edit') : t('Add a gate')}
      size="xs"
      title={start.name ? t('Edit the gate {name}', { name }) : t('Add a gate')}
      action={t('Save')}
      ready={name.trim() !== ''}
      draft={draft}
      operation={start.name ? 'changeGate' : 'createGate'}
      what={start.name ? { params: { name }, body: wanted } : { body: { name: name.trim(), ...wanted } }}
      done={t('Saved')}
    >
      {start.name ? null : (
        <TextInput
          label={t('Name')}
          description={t('A part of the address that the proxy calls.')}
          placeholder={t('orders')}
          required
          data-autofocus
          maxLength={64}
          {...draft.text('name')}
        />
      )}
      <TextInput
        label={t('Address of the API (audience)')}
        description={t('Leave empty to accept credentials for any API.')}
        placeholder="https://api.example.com"
        {...draft.text('audience')}
        value={audience ?? ''}
      />
      <ScopePicker label={t('Required scopes')} {...draft.pick('scopes')} />
      <Select
        label={t('Profile of the gate')}
        description={t('Determines which credentials are accepted, and the format of refusals.')}
        data={PROFILES}
        allowDeselect={false}
        {...draft.pick('profile')}
      />
      <Select label={t('CORS preflights')} data={PREFLIGHTS} allowDeselect={false} {...draft.pick('preflights')} />
    </AskingButton>
  )
}
