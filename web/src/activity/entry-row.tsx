import { ActionIcon, Anchor, Code, Group, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Link } from 'wouter'
import { t } from '../language/t.ts'
import { When } from '../show/value/when.tsx'
import styles from './activity.module.css'
import { type Entry, EVENTS } from './events.ts'
import { Sentence } from './sentence.tsx'

/**
 * Shows an entry as a sentence with links; a refused request also links to its explanation. When opened, shows all fields.
 */
export function EntryRow({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false)
  const detail = useId()
  const { Icon, mood } = EVENTS[entry.event]
  const Chevron = open ? IconChevronUp : IconChevronDown
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
          <Chevron size={16} aria-hidden />
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
            <Code block mt="xs" className={styles.json}>
              {JSON.stringify(withoutSentence(entry), null, 2)}
            </Code>
          </>
        ) : null}
      </div>
    </li>
  )
}

/** The fields other than the sentence. */
const withoutSentence = ({ sentence: _sentence, parts: _parts, ...noted }: Entry) => noted
