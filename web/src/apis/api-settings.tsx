import { Anchor, Checkbox, Code, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import styles from '../show/page/page.module.css'
import { plainName } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { KeyConsent } from './key-consent.tsx'
import { RollingEnd } from './rolling-end.tsx'
import { type Api, formatSays, TOKEN_FORMATS } from './words.ts'

export function ApiSettings({ api }: { api: Api }) {
  const { may } = useSession()
  return (
    <div className={styles.columns}>
      {may('changeResourceServer') ? <EditApi api={api} /> : null}
      <Card title="Details">
        <Facts
          rows={[
            ['Address (audience)', <Code key="audience">{plainName(api.audience)}</Code>],
            ['Client id', <Code key="id">{api.id}</Code>],
            [
              'Its secrets',
              <Anchor
                key="secrets"
                component={Link}
                href={`/applications/${encodeURIComponent(api.id)}?tab=secrets`}
                size="sm"
              >
                on the page of its client
              </Anchor>,
            ],
            ['Access tokens', api.token_format === 'jwt' ? 'JWT' : 'opaque'],
            ['Credentials without an audience', api.strict_audience ? 'are refused' : 'are taken'],
            ['API keys instead of a sign-in', api.key_consent ? 'are taken' : 'are not taken'],
            ['Created', <When key="made" at={api.created_at} />],
          ]}
        />
      </Card>
    </div>
  )
}

function EditApi({ api }: { api: Api }) {
  const { name, token_format, strict_audience, key_consent, rolling_exp_seconds } = api
  const [draft, setDraft] = useState({ name, token_format, strict_audience, key_consent, rolling_exp_seconds })
  const change = (part: Partial<typeof draft>) => setDraft(before => ({ ...before, ...part }))
  const what = { params: { id: api.id }, body: { ...draft, name: draft.name.trim() } }
  return (
    <Card title="Change">
      <ChangeForm operation="changeResourceServer" what={what} ready={what.body.name !== ''}>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <Select
          label="Format of access tokens"
          description={`${formatSays(draft.token_format)} Tokens that exist keep their format.`}
          data={TOKEN_FORMATS}
          value={draft.token_format}
          onChange={value => change({ token_format: value === 'jwt' ? 'jwt' : 'opaque' })}
          allowDeselect={false}
        />
        <Checkbox
          label="Accept only credentials issued for this API"
          description={
            draft.strict_audience && !strict_audience
              ? 'As soon as this is saved, this API refuses keys and tokens that do not name it as their audience.'
              : undefined
          }
          checked={draft.strict_audience}
          onChange={event => change({ strict_audience: event.currentTarget.checked })}
        />
        <KeyConsent value={draft.key_consent} onChange={key_consent => change({ key_consent })} />
        <RollingEnd
          value={draft.rolling_exp_seconds ?? null}
          present={rolling_exp_seconds}
          onChange={rolling_exp_seconds => change({ rolling_exp_seconds })}
        />
      </ChangeForm>
    </Card>
  )
}
