import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type Answer, readsAs } from '../../../src/wire/admin/contract.ts'
import activity from '../activity/activity.module.css'
import { EntryRow } from '../activity/entry-row.tsx'
import { ask, Problem } from '../api/ask.ts'
import { t, tx } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { useKnownAudiences } from '../scopes/use-known-scopes.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Card } from '../show/page/card.tsx'
import { Failure } from '../show/page/failure.tsx'
import styles from '../show/page/page.module.css'
import { PageHead } from '../show/page/page-head.tsx'
import { plainName } from '../show/value/name.tsx'
import { reasonInWords } from '../show/value/words.ts'
import { Findings, findingText } from './findings.tsx'

type Explained = {
  answer: Answer<'explain'>
  by: 'request' | 'credential'
  /** True if the text matches no request either. */
  neither?: boolean
}

type As = ReturnType<typeof readsAs>

/** Sends the text in a body and never in an address, because a text without the form of an id may be a credential. */
async function explainAs(as: As, text: string, limits: object): Promise<Explained> {
  if (as !== 'credential') {
    try {
      return { answer: await ask('explain', { body: { request_id: text } }), by: 'request' }
    } catch (error) {
      if (as === 'request' || !(error instanceof Problem && error.status === 404)) throw error
    }
  }
  const answer = await ask('explain', { body: { credential: text, ...limits } })
  return { answer, by: 'credential', neither: as === 'either' && answer.credential_id === null }
}

export default function ExplainPage() {
  const [search] = useSearchParams()
  const asked = search.get('request') ?? ''
  const [typed, setTyped] = useState(asked)
  const [scopes, setScopes] = useState<string[]>([])
  const [audience, setAudience] = useState('')
  const audiences = useKnownAudiences()

  const limits = { ...(scopes.length > 0 && { scopes }), ...(audience && { audience }) }
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: ({ text, as }: { text: string; as: As }) => explainAs(as, text, limits),
  })
  // A link to a request explains it without a click.
  useEffect(() => {
    if (asked) mutate({ text: asked, as: 'request' })
  }, [asked, mutate])

  return (
    <>
      <PageHead
        title={t('Explain')}
        lead={t('Find out why a request was refused, by its request id or its credential.')}
        actions={
          <CopyAs operation="explain" what={{ body: asked ? { request_id: asked } : { credential: '$CREDENTIAL' } }} />
        }
      />
      <form
        autoComplete="off"
        onSubmit={event => {
          event.preventDefault()
          mutate({ text: typed.trim(), as: readsAs(typed.trim()) })
        }}
      >
        <Stack gap="md" maw={720}>
          <PasswordInput
            label={t('Request id or credential')}
            description={t(
              'A credential is sent in the body of the request. It is not stored, logged or put into an address.',
            )}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
            maxLength={8192}
            autoComplete="off"
            spellCheck={false}
            required
            visibilityToggleButtonProps={{ 'aria-label': t('Show what was typed'), 'aria-hidden': false, tabIndex: 0 }}
            defaultVisible={asked !== ''}
          />
          <div className={styles.columns}>
            <ScopePicker
              label={t('Required scopes')}
              description={t('Only used for a credential.')}
              value={scopes}
              onChange={setScopes}
            />
            <TextInput
              label={t('Address of the API (audience)')}
              description={t('Only used for a credential.')}
              value={audience}
              onChange={event => setAudience(event.currentTarget.value)}
              placeholder={audiences[0] ?? 'https://api.example.com'}
            />
          </div>
          <Group>
            <Button type="submit" loading={isPending} disabled={typed.trim() === ''}>
              {t('Explain')}
            </Button>
          </Group>
        </Stack>
      </form>
      <Stack gap="md" mt="lg" aria-live="polite">
        {error ? <Failure error={error} /> : null}
        {data ? <Told {...data} /> : null}
      </Stack>
    </>
  )
}

type Principal = NonNullable<Answer<'explain'>['principal']>
/** The contract has no type for the client and the user in it. */
type Named = { name?: string; handle?: string } | null | undefined

function ownerOf({ client, subject }: Principal): string {
  const application = plainName((client as Named)?.name ?? t('a deleted application'))
  const handle = (subject as Named)?.handle
  return handle ? t('{application} for {user}', { application, user: plainName(handle) }) : application
}

function Told({ answer, by, neither }: Explained) {
  const { active, reason, credential, principal, findings, entries, refused_by: failed, now } = answer
  const unknown = by === 'request' && entries.length === 0
  return (
    <>
      {unknown ? (
        <Alert color="blue" icon={<IconInfoCircle aria-hidden />} title={t('No entry for this request id')}>
          {t(
            'A refused request has an entry within a second. An accepted request has one only if it was the first of its credential. Check that the id is complete.',
          )}
        </Alert>
      ) : (
        <Alert
          color={active === true ? 'accent' : active === false || reason ? 'red' : 'blue'}
          icon={active === true ? <IconCircleCheck aria-hidden /> : <IconShieldX aria-hidden />}
          title={active === true ? t('It works') : t('Refused: {reason}', { reason: reasonInWords(reason) })}
        >
          <Text size="sm">
            {credential
              ? tx('This is {credential}.', {
                  credential: <Link href={`/credentials/${credential.id}`}>{credential.name ?? credential.hint}</Link>,
                })
              : principal
                ? t('This is an access token of {owner}. It is a JWT and is not stored.', { owner: ownerOf(principal) })
                : neither
                  ? t('This text is neither the id of a request nor a credential of this server.')
                  : t('This server does not know this credential.')}
          </Text>
          {failed ? (
            <Text size="sm">
              {t('At that time: found {found}; needed {needed}.', {
                found: findingText(failed.found ?? failed.rule),
                needed: findingText(failed.needed ?? t('nothing else')),
              })}
            </Text>
          ) : null}
          {now ? (
            <Text size="sm">
              {now.active
                ? t('Now the same request would be accepted.')
                : t('Now it would be refused: {reason}.', { reason: reasonInWords(now.reason) })}
            </Text>
          ) : null}
        </Alert>
      )}
      {findings.length > 0 ? (
        <Card
          title={t('Rules, in the order of the check')}
          lead={
            by === 'request'
              ? t('The result of a check now. The first rule that fails decides.')
              : t('The first rule that fails decides.')
          }
        >
          <Findings of={findings} />
        </Card>
      ) : null}
      {entries.length > 0 ? (
        <Card title={t('Activity of this request')}>
          <ol className={activity.stream}>
            {entries.map(entry => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </ol>
        </Card>
      ) : null}
    </>
  )
}
