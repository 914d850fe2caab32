import { Anchor, Code, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import styles from '../show/page/page.module.css'
import { plainName } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { type Api, ApiFields, type Wanted } from './api-fields.tsx'

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
  const draft = useDraft<Wanted>({ name, token_format, strict_audience, key_consent, rolling_exp_seconds })
  const what = { params: { id: api.id }, body: { ...draft.values, name: draft.values.name.trim() } }
  return (
    <Card title={t('Change the API')}>
      <ChangeForm operation="changeResourceServer" what={what} ready={what.body.name !== ''} draft={draft}>
        <TextInput label={t('Name')} required maxLength={200} {...draft.text('name')} />
        <ApiFields draft={draft} present={api} />
      </ChangeForm>
    </Card>
  )
}
