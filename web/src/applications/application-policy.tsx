import { Alert, List, Select, TextInput } from '@mantine/core'
import type { Body } from '../../../src/wire/admin/contract.ts'
import { counted, t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Card } from '../show/page/card.tsx'
import { choicesOf } from '../show/value/choice.tsx'
import { DAY, MINUTE } from '../span.ts'
import type { Client } from './words.ts'

type PolicyBody = NonNullable<Body<'changeClient'>['policy']>

const LABELS = {
  pkce: t('PKCE'),
  http_redirects: t('Redirects over plain http'),
  out_of_band: t('Codes copied by hand (out-of-band)'),
  pushed_requests: t('Pushed authorization requests'),
  consent: t('Consent'),
}
const CHOICES: Record<keyof typeof LABELS, Record<string, string>> = {
  pkce: {
    standard: t('Default of the server'),
    required: t('Required'),
    'when-sent': t('Checked only if sent'),
  },
  http_redirects: {
    loopback: t('Only to the same machine'),
    private: t('Also to private networks'),
    allowed: t('To any machine'),
  },
  out_of_band: { refused: t('Refused'), allowed: t('Allowed') },
  pushed_requests: { optional: t('Default of the server'), required: t('Required') },
  consent: { remember: t('Remembered'), always: t('Asked each time') },
}

/** The consequence of a choice for the users of the application. Safe choices have no text. */
const RISKS: Record<string, string> = {
  'pkce=when-sent': t('For applications without PKCE. Someone who steals a code can use it.'),
  'http_redirects=private': t('Other machines in that network can read the codes and use them.'),
  'http_redirects=allowed': t('Anyone on the network path can read the codes and use them.'),
  'out_of_band=allowed': t('Someone who persuades a user to give away the code can use it.'),
}

/** The application's exceptions from the policy of the server. */
export function ApplicationPolicy({ client }: { client: Client }) {
  const { policy, warnings } = client
  const draft = useDraft({
    pkce: policy.pkce_chosen || policy.pkce === 'when-sent' ? policy.pkce : ('standard' as const),
    http_redirects: policy.http_redirects,
    out_of_band: policy.out_of_band,
    pushed_requests: policy.pushed_requests,
    consent: policy.consent,
    access_token_seconds: String(policy.access_token_seconds ?? ''),
    refresh_token_seconds: String(policy.refresh_token_seconds),
    code_seconds: String(policy.code_seconds),
    default_scopes: policy.default_scopes ?? [],
  })
  const { pkce, access_token_seconds, refresh_token_seconds, code_seconds, default_scopes, ...rest } = draft.values
  const body: PolicyBody = {
    ...rest,
    ...(client.type === 'confidential' && { pkce: pkce === 'standard' ? null : pkce }),
    access_token_seconds: access_token_seconds.trim() === '' ? null : Number(access_token_seconds),
    refresh_token_seconds: Number(refresh_token_seconds),
    code_seconds: Number(code_seconds),
    default_scopes: default_scopes.length === 0 ? null : default_scopes,
  }
  const choice = (name: keyof typeof LABELS) => (
    <Select
      key={name}
      label={LABELS[name]}
      data={choicesOf(CHOICES[name])}
      description={RISKS[`${name}=${draft.values[name]}`]}
      allowDeselect={false}
      {...draft.pick(name)}
    />
  )
  const seconds = (
    name: 'access_token_seconds' | 'refresh_token_seconds' | 'code_seconds',
    label: string,
    description?: string,
  ) => <TextInput label={label} description={description} inputMode="numeric" {...draft.text(name)} />
  return (
    <Card title={t('Policy')}>
      <ChangeForm
        operation="changeClient"
        what={{ params: { id: client.id }, body: { policy: body } }}
        action={t('Save policy')}
        draft={draft}
      >
        {warnings.length > 0 ? (
          <Alert color="yellow" title={t('Weaker than the standard')}>
            <List size="sm">
              {warnings.map(warning => (
                <List.Item key={warning}>{t(warning)}</List.Item>
              ))}
            </List>
          </Alert>
        ) : null}
        {client.type === 'confidential' ? choice('pkce') : null}
        {(['http_redirects', 'out_of_band', 'pushed_requests', 'consent'] as const).map(choice)}
        {seconds('access_token_seconds', t('Access token lifetime in seconds'), t('Leave empty for no expiry.'))}
        {seconds('refresh_token_seconds', t('Refresh token lifetime in seconds'))}
        {seconds('code_seconds', t('Code lifetime in seconds'), t('At most 600.'))}
        <ScopePicker
          label={t('Default scopes')}
          description={t('Used if a request names no scope. Leave empty for all scopes that it may request.')}
          {...draft.pick('default_scopes')}
        />
      </ChangeForm>
    </Card>
  )
}

/** The same for readers who may not change it. */
export function policyFacts({ policy }: Client): [string, string][] {
  const choice = (name: keyof typeof LABELS): [string, string] => [LABELS[name], CHOICES[name][policy[name]] ?? '']
  return [
    [t('Access token lifetime'), duration(policy.access_token_seconds)],
    [t('Refresh token lifetime'), duration(policy.refresh_token_seconds)],
    [t('Code lifetime'), duration(policy.code_seconds)],
    choice('pkce'),
    choice('out_of_band'),
    choice('http_redirects'),
    choice('pushed_requests'),
    choice('consent'),
  ]
}

function duration(seconds: number | null): string {
  if (seconds === null) return t('until revoked')
  if (seconds % DAY === 0) return counted(seconds / DAY, 'day')
  return seconds % MINUTE === 0 ? counted(seconds / MINUTE, 'minute') : counted(seconds, 'second')
}
