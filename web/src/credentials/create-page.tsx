import { Anchor, Button, Checkbox, Group, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type Answer, EVERYTHING, NOTHING } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { type KnownScopes, useKnownAudiences, useKnownScopes } from '../scopes/use-known-scopes.ts'
import { UserSelect } from '../show/change/user-select.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Card } from '../show/page/card.tsx'
import { Failure } from '../show/page/failure.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { Choice } from '../show/value/choice.tsx'
import { Copy } from '../show/value/copy.tsx'
import { useNow } from '../show/value/when.tsx'
import styles from './credentials.module.css'
import { ExpiresField } from './expires-field.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { type Draft, draftFromAddress, isDay, LIFETIMES, templatesFor, toAddress, toBody } from './templates.ts'

export default function CreatePage() {
  const known = useKnownScopes()
  return known ? <Create known={known} /> : <PageSkeleton />
}

function Create({ known }: { known: KnownScopes }) {
  const [search] = useSearchParams()
  const templates = templatesFor(known)
  const [draft, setDraft] = useState(() => draftFromAddress(search, templates))
  const [made, setMade] = useState<Answer<'createCredential'>>()
  const [, go] = useLocation()
  const { may } = useSession()
  const now = useNow()
  const create = useChange('createCredential')
  const audiences = useKnownAudiences()
  const change = (part: Partial<Draft>) => setDraft(before => ({ ...before, ...part }))
  const body = toBody(draft, now)
  const submit = async () => {
    const answer = await create
      .mutateAsync({ body: toBody(draft, Math.floor(Date.now() / 1000)) })
      .catch(() => undefined)
    if (answer) setMade(answer)
  }
  const isKey = draft.kind === 'api_key'

  return (
    <>
      <PageHead
        title={isKey ? t('Create an API key') : t('Create an application token')}
        lead={t('Choose a clear name, only the scopes that it needs, and an expiry.')}
        actions={
          <>
            <Copy
              label={t('Copy link to this form')}
              size="sm"
              text={new URL(toAddress(draft), window.location.href).href}
            />
            <CopyAs operation="createCredential" what={{ body }} />
          </>
        }
      />
      <form
        className={styles.form}
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="lg">
          <fieldset className={styles.templates}>
            <legend>{t('Start from a template')}</legend>
            {Object.entries(templates).map(([key, { label, says, draft: start }]) => (
              <button key={key} type="button" className={styles.template} onClick={() => change(start)}>
                <strong>{label}</strong>
                <span>{says}</span>
              </button>
            ))}
          </fieldset>
          <Stack gap={4}>
            <Text size="sm" fw={500} aria-hidden>
              {t('Kind')}
            </Text>
            <Choice
              label={t('Kind')}
              value={draft.kind}
              onChange={kind => change({ kind })}
              of={[
                { value: 'application_token', label: t('Application token') },
                { value: 'api_key', label: t('API key') },
              ]}
            />
          </Stack>
          <TextInput
            label={t('Name')}
            description={t('What uses it, and where?')}
            placeholder={t('Nightly report on the build server')}
            required
            maxLength={100}
            value={draft.name}
            onChange={event => change({ name: event.currentTarget.value })}
          />
          {may('createCredential') ? (
            <UserSelect
              label={t('Owner')}
              description={t(
                'It never has more permissions than its owner. It stops working when the owner is disabled.',
              )}
              value={draft.owner}
              onChange={owner => change({ owner })}
            />
          ) : null}
          <Stack gap="xs">
            <ScopePicker
              label={t('Scopes')}
              none={t('None: it only identifies its owner')}
              description={
                known.free
                  ? t('Choose from the list, or type a scope and press Enter.')
                  : t('Choose only what it needs.')
              }
              value={draft.allScopes ? [] : draft.scopes}
              disabled={draft.allScopes}
              onChange={list => change({ scopes: list })}
            />
            <Checkbox
              label={t('All permissions that its owner has at the time of use')}
              checked={draft.allScopes}
              onChange={event => change({ allScopes: event.currentTarget.checked })}
            />
          </Stack>
          <ExpiresField
            lives={LIFETIMES}
            value={draft.expires}
            description={
              draft.expires === 'never'
                ? t('A credential that never expires is easily forgotten. A date is better.')
                : undefined
            }
            onChange={expires => change({ expires })}
          />
          <details className={styles.more}>
            <summary>{t('Note and more limits')}</summary>
            <Stack gap="md" mt="sm">
              <Textarea
                label={t('Note')}
                description={t('Where is it stored, and who is responsible for it?')}
                maxLength={1000}
                minRows={2}
                value={draft.note}
                onChange={event => change({ note: event.currentTarget.value })}
              />
              <TagsInput
                label={t('Only for these APIs')}
                description={t('Leave empty for every API, except those that accept only credentials issued for them.')}
                data={audiences}
                value={draft.audience}
                onChange={audience => change({ audience })}
                acceptValueOnBlur
              />
              <Textarea
                label={t('Allowed networks')}
                description={t('Addresses or CIDR blocks, one per line. Leave empty for any network.')}
                placeholder="10.0.0.0/8"
                minRows={2}
                value={draft.networks}
                onChange={event => change({ networks: event.currentTarget.value })}
              />
            </Stack>
          </details>
          <Card>
            <Text size="sm">{summary(draft)}</Text>
          </Card>
          {create.error ? <Failure error={create.error} /> : null}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === ''}>
              {isKey ? t('Create API key') : t('Create application token')}
            </Button>
            <Anchor component={Link} href="/credentials" size="sm">
              {t('Cancel')}
            </Anchor>
          </Group>
        </Stack>
      </form>
      {made ? (
        <SecretDialog made={made} onClose={() => go(`/credentials/${made.credential.id}`, { replace: true })} />
      ) : null}
    </>
  )
}

function summary({ kind, allScopes, scopes, expires, networks, audience }: Draft): string {
  return [
    kind === 'api_key' ? t('The API key') : t('The application token'),
    t('carries {scopes};', { scopes: allScopes ? t(EVERYTHING) : scopes.join(', ') || t(NOTHING) }),
    expires === 'never'
      ? t('it never expires')
      : isDay(expires)
        ? t('it works until the end of {day}', { day: expires })
        : t('it works for {days} days', { days: Number(expires) }),
    audience.length > 0 && t('only for {apis}', { apis: audience.join(', ') }),
    networks.trim() !== '' && t('only from the networks above'),
  ]
    .filter(Boolean)
    .join(' ')
    .concat('.')
}
