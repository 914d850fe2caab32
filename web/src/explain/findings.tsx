import { Group } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { language } from '../language/language.ts'
import { inGerman, t } from '../language/t.ts'
import { DataTable } from '../show/list/data-table.tsx'
import { plainName } from '../show/value/name.tsx'

const sayFinding = inGerman(texts => texts.sayFinding) ?? String
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
const inLocalTime = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, at => moment.format(new Date(at)))

/** What a rule found or needed: a fixed sentence, or words with names, scopes and times in them. */
export function findingText(text: string | null): string {
  const [own = '', key] = (text ?? '').split(/, no more than its key (.*)/s)
  const finding = inLocalTime(sayFinding(t(own)))
  return plainName(key === undefined ? finding : t('{finding}, no more than its key {key}', { finding, key }))
}

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
      { head: t('Found'), prose: true, cell: ({ found }) => findingText(found) },
      { head: t('Needed'), prose: true, cell: ({ needed }) => findingText(needed) },
    ]}
  />
)
