import { Combobox, Group, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconApps, IconArrowRight, IconBolt, IconKey, IconListSearch, IconStack2, IconUser } from '@tabler/icons-react'
import { type ComponentType, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { SECTIONS } from '../sections.ts'
import { hrefOf, THINGS, type Thing } from '../show/value/href-of.ts'
import { plainName } from '../show/value/name.tsx'
import styles from './shell.module.css'
import { SHORTCUTS } from './shortcuts.ts'

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>
type Item = { group: string; label: string; note: string; to: string; icon: Icon }

const ICONS: Record<Thing, Icon> = {
  request: IconListSearch,
  user: IconUser,
  client: IconApps,
  credential: IconKey,
  api: IconStack2,
}

/**
 * Searches pages, actions, users, applications, credentials, APIs and requests. The typed text may be a secret, so it is sent
 * in the body of a request. It is never part of an address, the history or any storage.
 */
export default function Palette({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Modal
      opened={open}
      onClose={onClose}
      withCloseButton={false}
      padding="xs"
      size="lg"
      yOffset="12vh"
      title={t('Find anything')}
    >
      <Finder onClose={onClose} />
    </Modal>
  )
}

function Finder({ onClose }: { onClose(): void }) {
  const [, go] = useLocation()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 120)
  const combobox = useCombobox({ opened: true })
  const fixed = useFixed(typed.trim().toLowerCase())
  const found = useAsk('find', { body: { text } }, { enabled: text !== '' })
  const things = (text === '' ? [] : (found.data?.items ?? [])).map(
    ({ is, id, name, note }): Item => ({
      group: THINGS[is].plural,
      icon: ICONS[is],
      label: plainName(name),
      note: plainName(note),
      to: hrefOf(is, id),
    }),
  )
  const items = [...fixed, ...things]
  const groups = [...new Set(items.map(({ group }) => group))]
  const settled = typed.trim() === text && !found.isFetching
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first of what is listed now is chosen
  useEffect(() => {
    combobox.selectFirstOption()
  }, [items.length, text])
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={value => {
        const item = items[Number(value)]
        if (!item) return
        onClose()
        go(item.to)
      }}
    >
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          role="combobox"
          aria-label={t('Find anything')}
          placeholder={t('Page, name, request id or secret')}
          value={typed}
          maxLength={8192}
          autoComplete="off"
          spellCheck={false}
          onChange={event => setTyped(event.currentTarget.value)}
          // The list cannot be closed alone, so Escape closes the dialog.
          onKeyDown={event => event.key === 'Escape' && onClose()}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <ScrollArea.Autosize mah="60vh" mt="xs" type="auto">
        <Combobox.Options aria-label={t('Found')}>
          {groups.map(group => (
            <Combobox.Group key={group} label={group}>
              {items.map((item, i) =>
                item.group === group ? (
                  <Combobox.Option key={`${item.to} ${item.label}`} value={String(i)}>
                    <Line item={item} />
                  </Combobox.Option>
                ) : null,
              )}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </ScrollArea.Autosize>
      <Text size="sm" c="dimmed" p="xs" role="status">
        {items.length > 0 ? '' : settled ? t('Nothing found.') : t('Looking …')}
      </Text>
    </Combobox>
  )
}

const Line = ({ item: { label, note, icon: Icon } }: { item: Item }) => (
  <Group component="span" gap="0.6rem" wrap="nowrap" className={styles.found}>
    <Icon size={16} aria-hidden />
    <span>{label}</span>
    <Text span size="xs" ml="auto" ta="right">
      {note}
    </Text>
  </Group>
)

/** Pages and actions that the visitor may use, by any part of their names. */
function useFixed(wanted: string): Item[] {
  const { may } = useSession()
  const pages = SECTIONS.filter(({ asks }) => asks === undefined || may(asks)).map(
    ({ path, label, icon }): Item => ({ group: t('Pages'), label, note: '', to: path, icon }),
  )
  const actions = SHORTCUTS.filter(({ keys, asks }) => keys[0] !== 'g' && (asks === undefined || may(asks))).map(
    ({ keys, label, to }): Item => ({ group: t('Actions'), label, note: keys.join(' '), to, icon: IconBolt }),
  )
  const own: Item = {
    group: t('Actions'),
    label: t('Your own account'),
    note: '',
    to: '~/account',
    icon: IconArrowRight,
  }
  return [...pages, ...actions, own].filter(({ label }) => label.toLowerCase().includes(wanted))
}
