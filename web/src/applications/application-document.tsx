import { Anchor, Code, List, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import styles from '../show/page/page.module.css'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { DocumentState } from './document-state.tsx'
import { RefreshDocument } from './refresh-document.tsx'

/** The metadata document of an application: where it lies, when it was read, what changed in it. */
export function ApplicationDocument({ id }: { id: string }) {
  const { may } = useSession()
  const asked = useAsk('getClientDocument', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} skeleton={<PageSkeleton />}>
      {document => (
        <div className={styles.columns}>
          <Card title="Document">
            <Stack gap="md">
              <Facts
                rows={[
                  [
                    'Address',
                    <Anchor
                      key="address"
                      href={id}
                      target="_blank"
                      rel="noopener noreferrer"
                      style={{ overflowWrap: 'anywhere' }}
                    >
                      {id}
                    </Anchor>,
                  ],
                  ['Publisher', document.host],
                  ['State', <DocumentState key="state" of={document} />],
                  ['Read', <When key="read" at={document.read_at} />],
                  ['Last asked for', <When key="asked" at={document.asked_at} />],
                  ['Fresh until', <When key="fresh" at={document.fresh_until} />],
                  [
                    'Sends people to',
                    document.redirect_uris.map(uri => (
                      <Code key={uri} block>
                        {uri}
                      </Code>
                    )),
                  ],
                ]}
              />
              {may('refreshClientDocument') ? <RefreshDocument id={id} /> : null}
            </Stack>
          </Card>
          <Card title="History">
            <List spacing="sm" listStyleType="none">
              {document.history.map(event => (
                <List.Item key={`${event.at} ${event.what}`}>
                  <DocumentEvent of={event} />
                </List.Item>
              ))}
            </List>
          </Card>
        </div>
      )}
    </Loaded>
  )
}

type Event = Answer<'getClientDocument'>['history'][number]

const WHAT: Record<Event['what'], string> = {
  'first-read': 'Read for the first time',
  changed: 'Changed',
  withdrawn: 'Withdrawn: it gets no new access',
  unfit: 'Not usable: it gets no new access',
  'there-again': 'Could be read again',
}

const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  redirectUris: 'redirect addresses',
  type: 'how it proves itself',
  keys: 'keys',
  metadata: 'other statements',
  website: 'website',
  scopes: 'scopes',
  grantTypes: 'grant types',
  policy: 'rules',
}

function DocumentEvent({ of }: { of: Event }) {
  return (
    <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm" fw={600}>
        {WHAT[of.what]}
        {of.fields.length > 0 ? `: ${of.fields.map(field => FIELDS[field] ?? field).join(', ')}` : ''}
      </Text>
      <Text size="xs" c="dimmed">
        <When at={of.at} />
      </Text>
      {of.name_before !== null && of.name_after !== null ? (
        <Text size="sm">
          Name: <Name text={of.name_before} /> became <Name text={of.name_after} />
        </Text>
      ) : null}
      {of.redirects_added.map(uri => (
        <Text key={uri} size="sm">
          Sends people also to <Code>{uri}</Code>
        </Text>
      ))}
      {of.redirects_gone.map(uri => (
        <Text key={uri} size="sm">
          No longer sends people to <Code>{uri}</Code>
        </Text>
      ))}
      {of.sentence ? <Text size="sm">{of.sentence}</Text> : null}
    </Stack>
  )
}
