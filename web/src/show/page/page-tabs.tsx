import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFilters } from '../list/use-filters.ts'

type Tab = { value: string; label: string; panel: ReactNode }

/** The parts of a page. The address contains the open one, except the first. `false` is a part that is not there. */
export function PageTabs({ tabs }: { tabs: readonly (Tab | false)[] }) {
  const { values, set } = useFilters(['tab'])
  const shown = tabs.filter(tab => tab !== false)
  const open = shown.find(({ value }) => value === values.tab) ?? shown[0]
  return (
    <Tabs value={open?.value ?? null} onChange={tab => set('tab', tab === shown[0]?.value ? null : tab)}>
      <Tabs.List mb="md">
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
