import { ActionIcon, Anchor, Group, Text } from '@mantine/core'
import {
  IconArrowsExchange,
  IconBan,
  IconChevronDown,
  IconCircleCheck,
  IconDoorExit,
  IconEdit,
  IconKey,
  IconLogin2,
  IconRefresh,
  IconShieldX,
  IconTrash,
} from '@tabler/icons-react'
import { type ComponentType, useId, useState } from 'react'
import { Link } from 'wouter'
import { t } from '../language/t.ts'
import { When } from '../show/value/when.tsx'
import styles from './activity.module.css'
import { Sentence } from './sentence.tsx'
import { type Entry, EVENTS, type EventName } from './sentences.ts'

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

/**
 * Shows an entry as a sentence with links; a refused request also links to its explanation. When opened, shows all fields.
 */
export function EntryRow({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false)
  const detail = useId()
  const Icon = ICONS[entry.event]
  const mood = EVENTS.find(({ value }) => value === entry.event)?.mood ?? 'plain'
  const request = entry.request_id === null ? undefined : encodeURIComponent(entry.request_id)
  return (
    <li className={styles.entry}>
      <div className={styles.line}>
        <span className={styles.icon} data-mood={mood}>
          <Icon size={16} aria-hidden />
        </span>
        <span className={styles.sentence}>
          <Sentence entry={entry} />
        </span>
        <Text span size="xs" c="dimmed" className={styles.when}>
          {entry.ip ? `${entry.ip} · ` : ''}
          <When at={entry.at} />
          {mood === 'bad' && request ? (
            <>
              {' · '}
              <Anchor component={Link} size="xs" underline="always" href={`/explain?request=${request}`}>
                {t('Explain')}
              </Anchor>
            </>
          ) : null}
        </Text>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('Details: {entry}', { entry: entry.sentence })}
          aria-expanded={open}
          aria-controls={detail}
          onClick={() => setOpen(!open)}
        >
          <IconChevronDown size={16} aria-hidden className={open ? styles.turned : undefined} />
        </ActionIcon>
      </div>
      <div id={detail} className={styles.detail} hidden={!open}>
        {open ? (
          <>
            <Group gap="md">
              {request ? (
                <Anchor component={Link} size="sm" href={`/activity?request=${request}`}>
                  {t('Same request')}
                </Anchor>
              ) : null}
              <Anchor component={Link} size="sm" href={`/activity?actor=${encodeURIComponent(entry.actor.id)}`}>
                {t('Same actor')}
              </Anchor>
              {entry.ip ? (
                <Anchor component={Link} size="sm" href={`/activity?ip=${encodeURIComponent(entry.ip)}`}>
                  {t('Same address')}
                </Anchor>
              ) : null}
            </Group>
            <pre className={styles.json}>{JSON.stringify(withoutSentence(entry), null, 2)}</pre>
          </>
        ) : null}
      </div>
    </li>
  )
}

/** The fields other than the sentence. */
const withoutSentence = ({ sentence: _sentence, parts: _parts, ...noted }: Entry) => noted
