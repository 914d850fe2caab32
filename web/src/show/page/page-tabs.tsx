import { Tabs } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useFilters } from '../list/use-filters.ts'
import styles from './page.module.css'

type Tab = { value: string; label: string; panel: ReactNode }

/** The parts of a page. The address contains the open one, except the first. `false` is left out. */
export function PageTabs({ tabs }: { tabs: readonly (Tab | false)[] }) {
  const { values, set } = useFilters(['tab'])
  const shown = tabs.filter(tab => tab !== false)
  const open = shown.find(({ value }) => value === values.tab) ?? shown[0]
  const list = useRef<HTMLDivElement>(null)
  // On a narrow screen the list scrolls.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the open one changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open?.value])
  return (
    <Tabs value={open?.value ?? null} onChange={tab => set('tab', tab === shown[0]?.value ? null : tab)}>
      <Tabs.List ref={list} mb="md" className={styles.tabs}>
        {shown.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={open?.value ?? ''}>{open?.panel}</Tabs.Panel>
    </Tabs>
  )
}
