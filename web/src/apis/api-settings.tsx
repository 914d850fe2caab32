import { Anchor, Checkbox, Code, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
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
      <Card title={t('Details')}>
        <Facts
          rows={[
            [t('Address (audience)'), <Code key="audience">{plainName(api.audience)}</Code>],
            [t('Client id'), <Code key="id">{api.id}</Code>],
            [
              t('Secrets'),
              <Anchor
                key="secrets"
                component={Link}
                href={`/applications/${encodeURIComponent(api.id)}?tab=secrets`}
                size="sm"
              >
                {t('on the page of its client')}
              </Anchor>,
            ],
            [t('Access tokens'), api.token_format === 'jwt' ? 'JWT' : t('opaque')],
            [t('Credentials without an audience'), api.strict_audience ? t('are refused') : t('are accepted')],
            [t('API keys instead of a sign-in'), api.key_consent ? t('are accepted') : t('are refused')],
            [t('Created'), <When key="made" at={api.created_at} />],
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
    <Card title={t('Change the API')}>
      <ChangeForm operation="changeResourceServer" what={what} ready={what.body.name !== ''}>
        <TextInput
          label={t('Name')}
          required
          maxLength={200}
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <Select
          label={t('Format of access tokens')}
          description={`${formatSays(draft.token_format)} ${t('Existing tokens keep their format.')}`}
          data={TOKEN_FORMATS}
          value={draft.token_format}
          onChange={value => change({ token_format: value === 'jwt' ? 'jwt' : 'opaque' })}
          allowDeselect={false}
        />
        <Checkbox
          label={t('Accept only credentials issued for this API')}
          description={
            draft.strict_audience && !strict_audience
              ? t('As soon as this is saved, this API refuses keys and tokens that do not name it as their audience.')
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
