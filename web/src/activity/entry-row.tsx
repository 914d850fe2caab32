import { Anchor, Group, Text } from '@mantine/core'
import {
  IconArrowsExchange,
  IconBan,
  IconCircleCheck,
  IconDoorExit,
  IconEdit,
  IconKey,
  IconLogin2,
  IconRefresh,
  IconShieldX,
  IconTrash,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { Link } from 'wouter'
import { When } from '../show/when.tsx'
import styles from './activity.module.css'
import { type Entry, EVENTS, type EventName, sentenceOf } from './sentences.ts'

const ICONS: Record<EventName, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  issued: IconKey,
  used: IconCircleCheck,
  refused: IconShieldX,
  revoked: IconBan,
  rotated: IconRefresh,
  'reuse-detected': IconArrowsExchange,
  'signed-in': IconLogin2,
  'sign-in-failed': IconShieldX,
  'signed-out': IconDoorExit,
  granted: IconCircleCheck,
  denied: IconBan,
  created: IconCircleCheck,
  changed: IconEdit,
  deleted: IconTrash,
}

/** A sentence; opened, it shows all that was noted and what belongs together. */
export function EntryRow({ entry }: { entry: Entry }) {
  const Icon = ICONS[entry.event]
  const mood = EVENTS.find(({ value }) => value === entry.event)?.mood ?? 'plain'
  return (
    <li className={styles.entry}>
      <details>
        <summary className={styles.summary}>
          <span className={styles.icon} data-mood={mood}>
            <Icon size={16} aria-hidden />
          </span>
          <span className={styles.sentence}>{sentenceOf(entry)}</span>
          <Text span size="xs" c="dimmed" className={styles.when}>
            {entry.ip ? `${entry.ip} · ` : ''}
            <When at={entry.at} />
          </Text>
        </summary>
        <div className={styles.detail}>
          <Group gap="md">
            {entry.credential_id ? (
              <Anchor component={Link} size="sm" href={`/credentials/${entry.credential_id}`}>
                The credential
              </Anchor>
            ) : null}
            {entry.user_id ? (
              <Anchor component={Link} size="sm" href={`/users/${entry.user_id}`}>
                The user
              </Anchor>
            ) : null}
            {entry.client_id ? (
              <Anchor component={Link} size="sm" href={`/applications/${entry.client_id}`}>
                The application
              </Anchor>
            ) : null}
            {entry.request_id ? (
              <>
                <Anchor component={Link} size="sm" href={`/activity?request=${encodeURIComponent(entry.request_id)}`}>
                  Same request
                </Anchor>
                <Anchor component={Link} size="sm" href={`/explain?request=${encodeURIComponent(entry.request_id)}`}>
                  Explain
                </Anchor>
              </>
            ) : null}
            <Anchor component={Link} size="sm" href={`/activity?actor=${encodeURIComponent(entry.actor.id)}`}>
              Same actor
            </Anchor>
          </Group>
          <pre className={styles.json}>{JSON.stringify(entry, null, 2)}</pre>
        </div>
      </details>
    </li>
  )
}
