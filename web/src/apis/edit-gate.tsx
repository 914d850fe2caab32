import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { Confirm } from '../show/change/confirm.tsx'

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

export function EditGate({ open, onClose, start }: { open: boolean; onClose(): void; start: Gate }) {
  const [draft, setDraft] = useState(start)
  const set = (part: Partial<Gate>) => setDraft(before => ({ ...before, ...part }))
  const { name, scopes, profile, preflights } = draft
  const wanted = { audience: draft.audience?.trim() || null, scopes, profile, preflights }
  const made = { body: { name: name.trim(), ...wanted } }
  const changed = { params: { name }, body: wanted }
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={start.name ? t('Edit the gate {name}', { name: start.name }) : t('Add a gate')}
      action={t('Save')}
      ready={made.body.name !== ''}
      operation={start.name ? 'changeGate' : 'createGate'}
      what={start.name ? changed : made}
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
          value={name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
      )}
      <TextInput
        label={t('Address of the API (audience)')}
        description={t('Leave empty to accept credentials for any API.')}
        placeholder="https://api.example.com"
        value={draft.audience ?? ''}
        onChange={event => set({ audience: event.currentTarget.value })}
      />
      <ScopePicker label={t('Required scopes')} value={scopes} onChange={value => set({ scopes: value })} />
      <Select
        label={t('Profile of the gate')}
        description={t('Determines which credentials are accepted, and the format of refusals.')}
        data={PROFILES}
        value={profile}
        onChange={value => set({ profile: value ?? 'oauth' })}
        allowDeselect={false}
      />
      <Select
        label={t('CORS preflights')}
        data={PREFLIGHTS}
        value={preflights}
        onChange={value => set({ preflights: value ?? 'check' })}
        allowDeselect={false}
      />
    </Confirm>
  )
}
