import { Anchor, Code, List, Stack, Text } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import styles from '../show/page/page.module.css'
import { PageSkeleton } from '../show/page/skeletons.tsx'
import { Address, Name } from '../show/value/name.tsx'
import { When } from '../show/value/when.tsx'
import { DocumentState } from './document-state.tsx'
import { RefreshDocument } from './refresh-document.tsx'

/** The metadata document of an application: its address, when it was read, and what changed in it. */
export function ApplicationDocument({ id }: { id: string }) {
  const asked = useAsk('getClientDocument', { params: { id } }, { every: 10_000 })
  return (
    <Loaded from={asked} skeleton={<PageSkeleton />}>
      {document => (
        <div className={styles.columns}>
          <Card title={t('Document')}>
            <Stack gap="md">
              <Facts
                rows={[
                  [
                    t('Address'),
                    <Anchor key="address" href={id} target="_blank" rel="noopener noreferrer" inherit>
                      <Address of={id} />
                    </Anchor>,
                  ],
                  [t('Publisher'), document.host],
                  [t('State'), <DocumentState key="state" of={document} />],
                  [t('Read'), <When key="read" at={document.read_at} />],
                  [t('Last needed'), <When key="asked" at={document.asked_at} />],
                  [t('Read again after'), <When key="fresh" at={document.fresh_until} />],
                  [
                    t('Redirect addresses'),
                    document.redirect_uris.map(uri => (
                      <Code key={uri} block>
                        <Address of={uri} />
                      </Code>
                    )),
                  ],
                ]}
              />
              <RefreshDocument id={id} />
            </Stack>
          </Card>
          <Card title={t('History')}>
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
  'first-read': t('Read for the first time'),
  changed: t('Changed'),
  withdrawn: t('Withdrawn: the application gets no new access'),
  unfit: t('Cannot be used: the application gets no new access'),
  'there-again': t('Can be read again'),
}

const FIELDS: Readonly<Record<string, string>> = {
  name: t('name'),
  redirectUris: t('redirect addresses'),
  type: t('method of authentication'),
  keys: t('keys'),
  metadata: t('other metadata'),
  website: t('website'),
  scopes: t('scopes'),
  grantTypes: t('grant types'),
  policy: t('policy'),
}

function DocumentEvent({ of: event }: { of: Event }) {
  const changed = event.fields.map(field => FIELDS[field] ?? field).join(', ')
  const { name_before: before, name_after: after } = event
  const details = [
    before !== null &&
      after !== null &&
      tx('Name: {before} became {after}', { before: <Name text={before} />, after: <Name text={after} /> }),
    ...event.redirects_added.map(uri => tx('Redirects now also to {address}', { address: <Address of={uri} /> })),
    ...event.redirects_gone.map(uri => tx('Redirects no longer to {address}', { address: <Address of={uri} /> })),
    event.sentence,
  ]
  return (
    <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm" fw={600}>
        {[WHAT[event.what], changed].filter(Boolean).join(': ')}
      </Text>
      <Text size="xs" c="dimmed">
        <When at={event.at} />
      </Text>
      {details.filter(Boolean).map((detail, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event never changes
        <Text key={i} size="sm">
          {detail}
        </Text>
      ))}
    </Stack>
  )
}
