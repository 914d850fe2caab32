import { Anchor, Box, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { type KnownScopes, useKnownAudiences, useKnownScopes } from '../scopes/use-known-scopes.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { UserSelect } from '../show/change/user-select.tsx'
import page from '../show/page/page.module.css'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { Choice } from '../show/value/choice.tsx'
import { Copy } from '../show/value/copy.tsx'
import { useNow } from '../show/value/when.tsx'
import { NetworksField, NoteField, ScopesField } from './credential-fields.tsx'
import styles from './credentials.module.css'
import { ExpiresField } from './expires-field.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { type Draft, draftFromAddress, LIFETIMES, templatesFor, toAddress, toBody } from './templates.ts'
import { isDay } from './values.ts'

export default function CreatePage() {
  const known = useKnownScopes()
  return known ? <Create known={known} /> : <PageSkeleton />
}

function Create({ known }: { known: KnownScopes }) {
  const [search] = useSearchParams()
  const templates = templatesFor(known)
  const draft = useDraft(draftFromAddress(search, templates))
  const [made, setMade] = useState<Answer<'createCredential'>>()
  const [, go] = useLocation()
  const { may } = useSession()
  const audiences = useKnownAudiences()
  const { kind, name, owner, expires } = draft.values
  const body = toBody(draft.values, useNow())
  const isKey = kind === 'api_key'

  return (
    <>
      <PageHead
        title={isKey ? t('Create an API key') : t('Create an application token')}
        lead={t('Choose a clear name, only the scopes that it needs, and an expiry.')}
        actions={
          <Copy
            label={t('Copy link to this form')}
            size="sm"
            text={new URL(toAddress(draft.values), window.location.href).href}
          />
        }
      />
      <Box maw="42rem">
        <ChangeForm
          operation="createCredential"
          what={{ body }}
          ready={name.trim() !== ''}
          action={isKey ? t('Create API key') : t('Create application token')}
          beside={
            <Anchor component={Link} href="/credentials" size="sm">
              {t('Cancel')}
            </Anchor>
          }
          onDone={setMade}
        >
          <fieldset className={styles.templates}>
            <legend>{t('Start from a template')}</legend>
            {Object.entries(templates).map(([key, { label, says, draft: start }]) => (
              <button key={key} type="button" className={styles.template} onClick={() => draft.change(start)}>
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
              value={kind}
              onChange={kind => draft.change({ kind })}
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
            {...draft.text('name')}
          />
          {may('createCredential') ? (
            <UserSelect
              label={t('Owner')}
              description={t(
                'It never has more permissions than its owner. It stops working when the owner is disabled.',
              )}
              value={owner}
              onChange={owner => draft.change({ owner })}
            />
          ) : null}
          <ScopesField
            draft={draft}
            description={
              known.free ? t('Choose from the list, or type a scope and press Enter.') : t('Choose only what it needs.')
            }
          />
          <ExpiresField
            lives={LIFETIMES}
            description={
              expires === 'never'
                ? t('A credential that never expires is easily forgotten. A date is better.')
                : undefined
            }
            {...draft.pick('expires')}
          />
          <details className={styles.more}>
            <summary>{t('Note and more limits')}</summary>
            <Stack gap="md" mt="sm">
              <NoteField draft={draft} />
              <TagsInput
                label={t('Only for these APIs')}
                description={t('Leave empty for every API, except those that accept only credentials issued for them.')}
                data={audiences}
                acceptValueOnBlur
                {...draft.pick('audience')}
              />
              <NetworksField draft={draft} />
            </Stack>
          </details>
          <Text size="sm" className={page.card}>
            {summary(draft.values)}
          </Text>
        </ChangeForm>
      </Box>
      {made ? (
        <SecretDialog made={made} onClose={() => go(`/credentials/${made.credential.id}`, { replace: true })} />
      ) : null}
    </>
  )
}

function summary({ allScopes, scopes, expires, networks, audience }: Draft): string {
  return [
    allScopes
      ? t('It may do everything that its owner may do.')
      : scopes.length === 0
        ? t('It has no scopes, so it only identifies its owner.')
        : t('It has these scopes: {scopes}.', { scopes: scopes.join(', ') }),
    expires === 'never'
      ? t('It never expires.')
      : isDay(expires)
        ? t('It works until the end of {day}.', { day: expires })
        : t('It works for {days} days.', { days: Number(expires) }),
    ...(audience.length > 0 ? [t('It works only at {apis}.', { apis: audience.join(', ') })] : []),
    ...(networks.trim() === '' ? [] : [t('It works only from the networks above.')]),
  ].join(' ')
}
