import { Group, Kbd, Switch } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { SHORTCUTS, useSingleKeys } from './shortcuts.ts'

export default function ShortcutsPage() {
  const { may } = useSession()
  const { on, setOn } = useSingleKeys()
  const everywhere: readonly { keys: readonly string[]; label: string }[] = [
    { keys: [t('Ctrl'), 'K'], label: t('Find a page, a thing or an action (⌘ K on a Mac)') },
    { keys: ['/'], label: t('Search in the list of this page') },
    ...SHORTCUTS.filter(({ asks }) => asks === undefined || may(asks)),
  ]
  return (
    <>
      <PageHead
        title={t('Keyboard shortcuts')}
        lead={t('Press two keys one after the other. Press Ctrl and K together.')}
      />
      <Card
        title={t('Keys of the keyboard')}
        aside={
          <Switch label={t('Single keys')} checked={on} onChange={change => setOn(change.currentTarget.checked)} />
        }
      >
        <Facts
          rows={everywhere.map(({ keys, label }) => [
            label,
            <Group key={label} gap={4}>
              {keys.map(key => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>,
          ])}
        />
      </Card>
    </>
  )
}
