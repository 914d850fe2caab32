import { Group } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { plainName } from '../show/value/name.tsx'

const words = (text: string | null): string => (text === null ? '' : plainName(text))

/** All rules, each with the value found and the value needed. */
export const Findings = ({ of }: { of: Answer<'explain'>['findings'] }) => (
  <DataTable
    label="Rules"
    rows={of}
    keyOf={finding => finding.rule}
    columns={[
      {
        head: 'Rule',
        lead: true,
        cell: ({ rule, passed }) => (
          <Group gap={8} wrap="nowrap">
            {passed ? (
              <IconCheck size={16} color="var(--mantine-color-accent-text)" aria-label="passed" />
            ) : (
              <IconX size={16} color="var(--mantine-color-error)" aria-label="failed" />
            )}
            <span>{rule.replaceAll('-', ' ')}</span>
          </Group>
        ),
      },
      { head: 'Found', cell: ({ found }) => words(found) },
      { head: 'Needed', cell: ({ needed }) => words(needed) },
    ]}
  />
)
