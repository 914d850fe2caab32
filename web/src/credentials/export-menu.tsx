import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Query } from '../../../src/wire/admin/contract.ts'
import { ask } from '../api/ask.ts'
import { counted, t } from '../language/t.ts'
import { CopyItems } from '../show/command/copy-as.tsx'
import { type Cell, save, toCsv } from '../show/list/sheet.ts'
import { notice } from '../show/page/notices.tsx'
import type { Credential } from '../show/value/words.ts'

/** Larger exports should use the command line. */
const MOST_ROWS = 10_000

export function ExportMenu({ query, shown }: { query: Query<'listCredentials'>; shown: readonly Credential[] }) {
  const write = useMutation({
    mutationFn: async ({ form, all = false }: { form: 'csv' | 'json'; all?: boolean }) => {
      const rows = all ? await readAll(query) : shown
      if (form === 'csv') save('credentials.csv', 'text/csv;charset=utf-8', toCsv(rows.map(toRow)))
      else save('credentials.json', 'application/json', JSON.stringify(rows, null, 2))
      notice(t('Exported without secrets: {what}', { what: counted(rows.length, 'credential') }))
    },
    onError: error => notice(error.message, { mood: 'bad' }),
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={write.isPending} leftSection={<IconDownload size={16} aria-hidden />}>
          {t('Export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('The credentials shown ({count})', { count: shown.length })}</Menu.Label>
        <Menu.Item onClick={() => write.mutate({ form: 'csv' })}>CSV</Menu.Item>
        <Menu.Item onClick={() => write.mutate({ form: 'json' })}>JSON</Menu.Item>
        <Menu.Label>{t('All that match the filters, up to 10,000')}</Menu.Label>
        <Menu.Item onClick={() => write.mutate({ form: 'csv', all: true })}>CSV</Menu.Item>
        <Menu.Item onClick={() => write.mutate({ form: 'json', all: true })}>JSON</Menu.Item>
        <Menu.Label>{t('Copy the newest 200 as')}</Menu.Label>
        <CopyItems operation="listCredentials" what={{ query: { ...query, limit: 200 } }} />
      </Menu.Dropdown>
    </Menu>
  )
}

async function readAll(query: Query<'listCredentials'>): Promise<Credential[]> {
  const rows: Credential[] = []
  let cursor: string | null = ''
  while (cursor !== null && rows.length < MOST_ROWS) {
    const page: { items: Credential[]; next_cursor: string | null } = await ask('listCredentials', {
      query: { ...query, limit: 200, ...(cursor && { cursor }) },
    })
    rows.push(...page.items)
    cursor = page.next_cursor
  }
  return rows
}

const iso = (seconds: number | null): Cell => (seconds === null ? null : new Date(seconds * 1000).toISOString())
const toRow = (one: Credential): Record<string, Cell> => ({
  id: one.id,
  kind: one.kind,
  name: one.name,
  hint: one.hint,
  status: one.status,
  owner: one.owner?.name ?? one.owner?.id ?? null,
  application: one.client?.name ?? one.client?.id ?? null,
  scopes: one.scopes?.join(' ') ?? null,
  audience: one.audience.join(' '),
  created_at: iso(one.created_at),
  expires_at: iso(one.expires_at),
  last_used_at: iso(one.last_used_at),
  revoked_at: iso(one.revoked_at),
})
