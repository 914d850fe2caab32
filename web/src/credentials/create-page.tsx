import {
  Anchor,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type Answer, EVERYTHING, NOTHING } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { type KnownScopes, useKnownAudiences, useKnownScopes } from '../scopes/use-known-scopes.ts'
import { UserSelect } from '../show/change/user-select.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Card } from '../show/page/card.tsx'
import { Failure } from '../show/page/failure.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { PageSkeleton } from '../show/page/skeletons.tsx'
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
  const word = draft.kind === 'api_key' ? 'API key' : 'application token'

  return (
    <>
      <PageHead
        title={`Create ${draft.kind === 'api_key' ? 'an API key' : 'an application token'}`}
        tab="Create a credential"
        lead="Choose a clear name, only the scopes it needs, and an expiry."
        actions={
          <>
            <Copy
              label="Copy link to this form"
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
            <legend>Start from a template</legend>
            {Object.entries(templates).map(([key, { label, says, draft: start }]) => (
              <button key={key} type="button" className={styles.template} onClick={() => change(start)}>
                <strong>{label}</strong>
                <span>{says}</span>
              </button>
            ))}
          </fieldset>
          <Stack gap={4}>
            <Text size="sm" fw={500} id="kind-label">
              Kind
            </Text>
            <SegmentedControl
              aria-labelledby="kind-label"
              value={draft.kind}
              onChange={kind => change({ kind: kind as Draft['kind'] })}
              data={[
                { value: 'application_token', label: 'Application token' },
                { value: 'api_key', label: 'API key' },
              ]}
            />
          </Stack>
          <TextInput
            label="Name"
            description="What uses it, and where?"
            placeholder="Nightly report on the build server"
            required
            maxLength={100}
            value={draft.name}
            onChange={event => change({ name: event.currentTarget.value })}
          />
          {may('createCredential') ? (
            <UserSelect
              label="Owner"
              description="It has at most the permissions of its owner. It stops when the owner is disabled."
              value={draft.owner}
              onChange={owner => change({ owner })}
            />
          ) : null}
          <Stack gap="xs">
            <ScopePicker
              label="Scopes"
              none="None: it only identifies its owner"
              description={
                known.free ? 'Choose from the list, or type a scope and press Enter.' : 'Choose only what it needs.'
              }
              value={draft.allScopes ? [] : draft.scopes}
              disabled={draft.allScopes}
              onChange={list => change({ scopes: list })}
            />
            <Checkbox
              label="All permissions that its owner has at the time of use"
              checked={draft.allScopes}
              onChange={event => change({ allScopes: event.currentTarget.checked })}
            />
          </Stack>
          <ExpiresField
            lives={LIFETIMES}
            value={draft.expires}
            description={
              draft.expires === 'never'
                ? 'A credential that never expires is easily forgotten. Prefer a date.'
                : undefined
            }
            onChange={expires => change({ expires })}
          />
          <details className={styles.more}>
            <summary>Note and more limits</summary>
            <Stack gap="md" mt="sm">
              <Textarea
                label="Note"
                description="Where is it stored, and who is responsible for it?"
                maxLength={1000}
                minRows={2}
                value={draft.note}
                onChange={event => change({ note: event.currentTarget.value })}
              />
              <TagsInput
                label="Only for these APIs"
                description="Leave empty for every API, except those that accept only credentials issued for them."
                data={audiences}
                value={draft.audience}
                onChange={audience => change({ audience })}
                acceptValueOnBlur
              />
              <Textarea
                label="Allowed networks"
                description="Addresses or CIDR blocks, one per line. Leave empty for any network."
                placeholder="10.0.0.0/8"
                minRows={2}
                value={draft.networks}
                onChange={event => change({ networks: event.currentTarget.value })}
              />
            </Stack>
          </details>
          <Card>
            <Text size="sm">{summary(draft, word)}</Text>
          </Card>
          {create.error ? <Failure error={create.error} /> : null}
          <Group>
            <Button type="submit" loading={create.isPending} disabled={draft.name.trim() === ''}>
              Create {word}
            </Button>
            <Anchor component={Link} href="/credentials" size="sm">
              Cancel
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

function summary(draft: Draft, word: string): string {
  const what = draft.allScopes
    ? EVERYTHING
    : draft.scopes.length === 0
      ? NOTHING
      : `the ${draft.scopes.length === 1 ? 'scope' : 'scopes'} ${draft.scopes.join(', ')}`
  const until =
    draft.expires === 'never'
      ? 'until somebody revokes it'
      : isDay(draft.expires)
        ? `until the end of ${draft.expires}`
        : `for ${draft.expires} days`
  const where = draft.networks.trim() ? ', from the networks above alone' : ''
  const api = draft.audience.length > 0 ? `, at ${draft.audience.join(' and ')} alone` : ''
  return `This ${word} carries ${what} ${until}${api}${where}.`
}
