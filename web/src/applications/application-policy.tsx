import { Alert, List, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Body } from '../../../src/wire/admin/contract.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { Card } from '../show/page/card.tsx'
import type { Client } from './words.ts'

type PolicyBody = NonNullable<Body<'changeClient'>['policy']>

const PKCE = {
  standard: 'Default of the server',
  required: 'Required',
  'when-sent': 'Checked only if sent',
} as const
const HTTP = {
  loopback: 'Only to the same machine',
  private: 'Also to private networks',
  allowed: 'To any machine',
} as const
const PUSHED = { optional: 'Default of the server', required: 'Required' } as const
const CONSENT = { remember: 'Remembered', always: 'Asked each time' } as const
const OUT_OF_BAND = { refused: 'Refused', allowed: 'Allowed' } as const

/** The consequence of a choice for the users of the application. Safe choices have no text. */
const RISKS: Record<string, string> = {
  'when-sent': 'For applications without PKCE. Someone who steals a code can use it.',
  private: 'Other machines in that network can read the codes and use them.',
  allowed: 'Anyone on the network path can read the codes and use them.',
}

const optionsOf = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

/** The application's exceptions from the policy of the server. */
export function ApplicationPolicy({ client }: { client: Client }) {
  const { policy, warnings } = client
  const [draft, setDraft] = useState<Draft>({
    pkce: policy.pkce_chosen || policy.pkce === 'when-sent' ? policy.pkce : 'standard',
    http_redirects: policy.http_redirects,
    out_of_band: policy.out_of_band,
    pushed_requests: policy.pushed_requests,
    consent: policy.consent,
    access: policy.access_token_seconds === null ? '' : String(policy.access_token_seconds),
    refresh: String(policy.refresh_token_seconds),
    code: String(policy.code_seconds),
    scopes: policy.default_scopes ?? [],
  })
  const change = (part: object) => setDraft(before => ({ ...before, ...part }))
  const what = { params: { id: client.id }, body: { policy: bodyOf(client, draft) } }
  const pick = (
    name: 'pkce' | 'http_redirects' | 'pushed_requests' | 'out_of_band' | 'consent',
    label: string,
    of: Record<string, string>,
  ) => (
    <Select
      label={label}
      data={optionsOf(of)}
      value={draft[name]}
      description={RISKS[draft[name]]}
      allowDeselect={false}
      onChange={value => change({ [name]: value })}
    />
  )
  const seconds = (name: 'access' | 'refresh' | 'code', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      inputMode="numeric"
      value={draft[name]}
      onChange={event => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Card title="Policy">
      <ChangeForm operation="changeClient" what={what} action="Save policy">
        {warnings.length > 0 ? (
          <Alert color="yellow" title="Weaker than the standard">
            <List size="sm">
              {warnings.map(warning => (
                <List.Item key={warning}>{warning}</List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {client.type === 'confidential' ? pick('pkce', 'PKCE', PKCE) : null}
        {pick('http_redirects', 'Redirects over plain http', HTTP)}
        {pick('out_of_band', 'Codes copied by hand (out-of-band)', OUT_OF_BAND)}
        {pick('pushed_requests', 'Pushed authorization requests', PUSHED)}
        {pick('consent', 'Consent', CONSENT)}
        {seconds('access', 'Access token lifetime in seconds', 'Leave empty for no expiry.')}
        {seconds('refresh', 'Refresh token lifetime in seconds')}
        {seconds('code', 'Code lifetime in seconds', 'At most 600.')}
        <ScopePicker
          label="Default scopes"
          description="Used if a request names no scope. Leave empty for all scopes that it may request."
          value={draft.scopes}
          onChange={scopes => change({ scopes })}
        />
      </ChangeForm>
    </Card>
  )
}

type Draft = {
  pkce: keyof typeof PKCE
  access: string
  refresh: string
  code: string
  scopes: string[]
} & Pick<Client['policy'], 'http_redirects' | 'pushed_requests' | 'out_of_band' | 'consent'>

const bodyOf = ({ type }: Client, draft: Draft): PolicyBody => ({
  ...(type === 'confidential' && { pkce: draft.pkce === 'standard' ? null : draft.pkce }),
  http_redirects: draft.http_redirects,
  out_of_band: draft.out_of_band,
  pushed_requests: draft.pushed_requests,
  consent: draft.consent,
  access_token_seconds: draft.access.trim() === '' ? null : Number(draft.access),
  refresh_token_seconds: Number(draft.refresh),
  code_seconds: Number(draft.code),
  default_scopes: draft.scopes.length === 0 ? null : draft.scopes,
})
