import { Group } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { plainName } from '../show/value/name.tsx'

/** Found and needed values are data, except for the fixed sentences among them. */
export const findingText = (text: string | null): string => (text === null ? '' : plainName(t(text)))

/** All rules, each with the value found and the value needed. */
export const Findings = ({ of }: { of: Answer<'explain'>['findings'] }) => (
  <DataTable
    label={t('Rules')}
    rows={of}
    keyOf={finding => finding.rule}
    columns={[
      {
        head: t('Rule'),
        lead: true,
        cell: ({ rule, passed }) => (
          <Group gap={8} wrap="nowrap">
            {passed ? (
              <IconCheck size={16} color="var(--mantine-color-accent-text)" aria-label={t('passed')} />
            ) : (
              <IconX size={16} color="var(--mantine-color-error)" aria-label={t('failed')} />
            )}
            <span>{t(rule)}</span>
          </Group>
        ),
      },
      { head: t('Found'), cell: ({ found }) => findingText(found) },
      { head: t('Needed'), cell: ({ needed }) => findingText(needed) },
    ]}
  />
)
