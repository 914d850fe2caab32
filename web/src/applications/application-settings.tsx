import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { inDigits, t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { UserSelect } from '../show/change/user-select.tsx'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import styles from '../show/page/page.module.css'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { ApplicationKeys } from './application-keys.tsx'
import { ApplicationMetadata } from './application-metadata.tsx'
import { ApplicationPolicy, policyFacts } from './application-policy.tsx'
import { UndeliveredLogouts } from './undelivered-logouts.tsx'
import { type Client, GRANTS, linesOf, SOURCES, TYPES_MEAN } from './words.ts'

export function ApplicationSettings({ client }: { client: Client }) {
  const { may } = useSession()
  const { owner, origin } = client
  const mayChange = may('changeClient')
  // Its document states the rest, so a change here would not last.
  const described = client.source === 'document'
  return (
    <div className={styles.stacks}>
      {mayChange && !described ? <EditApplication client={client} /> : null}
      {mayChange ? <ApplicationPolicy client={client} /> : null}
      {mayChange && client.type === 'confidential' && !described ? <ApplicationKeys client={client} /> : null}
      {mayChange && !described ? <ApplicationMetadata client={client} /> : null}
      {may('listUndeliveredLogouts') && client.metadata['backchannel_logout_uri'] ? (
        <UndeliveredLogouts client={client} />
      ) : null}
      <Card title={t('Details')}>
        <Facts
          rows={[
            [t('Type'), TYPES_MEAN[client.type]],
            [t('Registered by'), SOURCES[client.source]],
            [t('Registered from'), origin?.network],
            [t('Owner'), owner ? <Name key="owner" text={owner.name} otherwise={t('deleted user')} /> : t('nobody')],
            [t('Number'), client.number],
            [t('Created'), <When key="made" at={client.created_at} />],
            [t('Last used'), <When key="used" at={client.last_used_at} />],
            [t('Access tokens issued'), inDigits(client.tokens_issued)],
            ...(mayChange ? [] : policyFacts(client)),
          ]}
        />
      </Card>
    </div>
  )
}

function EditApplication({ client }: { client: Client }) {
  const { user: me } = useSession()
  const draft = useDraft({
    name: client.name,
    website: client.website ?? '',
    redirect_uris: client.redirect_uris.join('\n'),
    grant_types: client.grant_types,
    scopes: client.scopes,
    owner_id: client.owner?.id,
  })
  const { name, website, redirect_uris, grant_types, scopes, owner_id } = draft.values
  const what = {
    params: { id: client.id },
    body: {
      name: name.trim(),
      website: website.trim() || null,
      redirect_uris: linesOf(redirect_uris),
      grant_types,
      scopes,
      ...(owner_id && owner_id !== client.owner?.id && { owner_id }),
    },
  }
  return (
    <Card title={t('Change')}>
      <ChangeForm operation="changeClient" what={what} draft={draft}>
        <TextInput label={t('Name')} required maxLength={200} {...draft.text('name')} />
        <TextInput label={t('Website')} {...draft.text('website')} />
        <Textarea
          label={t('Redirect addresses')}
          description={t('One per line. The address in a request must match exactly.')}
          autosize
          minRows={2}
          wrap="off"
          {...draft.text('redirect_uris')}
        />
        <Checkbox.Group label={t('Grant types')} {...draft.pick('grant_types')}>
          <Stack gap={6} mt={6}>
            {Object.entries(GRANTS).map(([value, label]) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <ScopePicker
          label={t('Scopes it may request')}
          description={t('If you remove a scope, its tokens lose it within a second.')}
          {...draft.pick('scopes')}
        />
        {client.source === 'resource-server' ? null : (
          <UserSelect
            label={t('Owner')}
            description={t(
              'The owner can rotate its secret. If the owner is disabled, the application stops too. A change of owner changes nothing else.',
            )}
            present={client.owner}
            value={owner_id}
            onChange={owner => draft.change({ owner_id: owner ?? me.id })}
          />
        )}
      </ChangeForm>
    </Card>
  )
}
