import { Checkbox, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { counted } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { UserSelect } from '../show/change/user-select.tsx'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import styles from '../show/page/page.module.css'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { DAY } from '../span.ts'
import { ApplicationKeys } from './application-keys.tsx'
import { ApplicationMetadata } from './application-metadata.tsx'
import { ApplicationPolicy } from './application-policy.tsx'
import { linesOf } from './create-application.tsx'
import { UndeliveredLogouts } from './undelivered-logouts.tsx'
import { type Client, GRANTS, SOURCES, TYPES } from './words.ts'

const seconds = (value: number | null): string => {
  if (value === null) return 'until revoked'
  if (value % DAY === 0) return counted(value / DAY, 'day')
  return value % 60 === 0 ? counted(value / 60, 'minute') : counted(value, 'second')
}

const HTTP_REDIRECTS: Record<Client['policy']['http_redirects'], string> = {
  loopback: 'to loopback addresses only',
  private: 'to private networks, too',
  allowed: 'to any host',
}

export function ApplicationSettings({ client }: { client: Client }) {
  const { may } = useSession()
  const { policy } = client
  // Its document says these, and a change here would not last.
  const described = client.source === 'document'
  return (
    <div className={styles.stacks}>
      {may('changeClient') && !described ? <EditApplication client={client} /> : null}
      {may('changeClient') ? <ApplicationPolicy client={client} /> : null}
      {may('changeClient') && client.type === 'confidential' && !described ? <ApplicationKeys client={client} /> : null}
      {may('changeClient') && !described ? <ApplicationMetadata client={client} /> : null}
      {may('listUndeliveredLogouts') && client.metadata['backchannel_logout_uri'] ? (
        <UndeliveredLogouts client={client} />
      ) : null}
      <Card title="Details">
        <Facts
          rows={[
            ['Type', TYPES[client.type].says],
            ['Registered by', SOURCES[client.source]],
            client.origin ? ['Registered from', client.origin.network] : undefined,
            ['Owner', client.owner ? <Name key="owner" text={client.owner.name} otherwise="deleted user" /> : 'nobody'],
            ['Number', client.number],
            ['Created', <When key="made" at={client.created_at} />],
            ['Last used', <When key="used" at={client.last_used_at} />],
            ['Access tokens issued', client.tokens_issued.toLocaleString('en')],
            ['Access token lifetime', seconds(policy.access_token_seconds)],
            ['Refresh token lifetime', seconds(policy.refresh_token_seconds)],
            ['Code lifetime', seconds(policy.code_seconds)],
            ['PKCE', policy.pkce === 'required' ? 'required' : 'checked when sent'],
            ['Out-of-band codes', policy.out_of_band],
            ['Redirects over plain http', HTTP_REDIRECTS[policy.http_redirects]],
            ['Pushed requests', policy.pushed_requests],
            ['Consent', policy.consent === 'always' ? 'asked each time' : 'remembered'],
          ]}
        />
      </Card>
    </div>
  )
}

function EditApplication({ client }: { client: Client }) {
  const { user: me } = useSession()
  const [draft, setDraft] = useState({
    name: client.name,
    website: client.website ?? '',
    redirects: client.redirect_uris.join('\n'),
    grants: client.grant_types,
    scopes: client.scopes,
    owner: client.owner?.id,
  })
  const change = (part: Partial<typeof draft>) => setDraft(before => ({ ...before, ...part }))
  const what = {
    params: { id: client.id },
    body: {
      name: draft.name.trim(),
      website: draft.website.trim() || null,
      redirect_uris: linesOf(draft.redirects),
      grant_types: draft.grants,
      scopes: draft.scopes,
      ...(draft.owner && draft.owner !== client.owner?.id && { owner_id: draft.owner }),
    },
  }
  return (
    <Card title="Change">
      <ChangeForm operation="changeClient" what={what}>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={draft.name}
          onChange={event => change({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Website"
          value={draft.website}
          onChange={event => change({ website: event.currentTarget.value })}
        />
        <Textarea
          label="Redirect addresses"
          description="One per line. The address in a request must match exactly."
          minRows={3}
          value={draft.redirects}
          onChange={event => change({ redirects: event.currentTarget.value })}
        />
        <Checkbox.Group
          label="Grant types"
          value={draft.grants}
          onChange={grants => change({ grants: grants as Client['grant_types'] })}
        >
          <Stack gap={6} mt={6}>
            {Object.entries(GRANTS).map(([value, label]) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <ScopePicker
          label="Scopes it may request"
          description="If you remove a scope, its tokens lose it within a second."
          value={draft.scopes}
          onChange={scopes => change({ scopes })}
        />
        {client.source === 'resource-server' ? null : (
          <UserSelect
            label="Owner"
            description="The owner can rotate its secret. If the owner is disabled, the application stops too. A change of owner changes nothing else."
            present={client.owner}
            value={draft.owner}
            onChange={owner => change({ owner: owner ?? me.id })}
          />
        )}
      </ChangeForm>
    </Card>
  )
}
