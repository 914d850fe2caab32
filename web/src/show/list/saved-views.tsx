import { Button, Menu, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconBookmarkFilled } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { Answer } from '../../../../src/wire/admin/contract.ts'
import { useAsk, useChange } from '../../api/use-ask.ts'
import { t } from '../../language/t.ts'
import { Confirm } from '../change/confirm.tsx'
import { useDraft } from '../change/use-draft.ts'
import { CopyItems } from '../command/copy-as.tsx'
import { notice } from '../page/notices.tsx'
import { plainName } from '../value/name.tsx'

type Page = Answer<'putView'>['page']

/** Saved filters. The address contains them, so a view is a link. */
export function SavedViews({ page, query, size = 'sm' }: { page: Page; query: string; size?: string }) {
  const [, go] = useLocation()
  const [open, { open: show, close }] = useDisclosure(false)
  const draft = useDraft({ name: '' })
  const name = draft.values.name.trim()
  const views = useAsk('listViews')
  const put = useChange('putView')
  const forget = useChange('deleteView')
  const mine = (views.data?.items ?? []).filter(view => view.page === page)
  const current = mine.find(view => view.query === query)
  const remove = async (view: Answer<'putView'>) => {
    const params = { name: view.name }
    await forget.mutateAsync({ params })
    notice(t('Deleted'), { undo: () => put.mutateAsync({ params, body: { page, query: view.query } }) })
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button
            variant="default"
            size={size}
            maw="14rem"
            leftSection={
              current ? <IconBookmarkFilled size={15} aria-hidden /> : <IconBookmark size={15} aria-hidden />
            }
          >
            {current ? plainName(current.name) : t('Views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw="20rem">
          {mine.length === 0 ? <Menu.Label>{t('Saved filters are listed here.')}</Menu.Label> : null}
          {mine.map(view => (
            <Menu.Item key={view.name} onClick={() => go(`/${page}?${view.query}`)}>
              {plainName(view.name)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item disabled={query === ''} onClick={show}>
            {t('Save these filters …')}
          </Menu.Item>
          {current ? (
            <Menu.Item onClick={() => void remove(current)}>
              {t('Delete “{name}”', { name: plainName(current.name) })}
            </Menu.Item>
          ) : null}
          <Menu.Label>{current ? t('Copy the deletion as') : t('Copy the list of views as')}</Menu.Label>
          {current ? (
            <CopyItems operation="deleteView" what={{ params: { name: current.name } }} />
          ) : (
            <CopyItems operation="listViews" />
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        open={open}
        onClose={close}
        title={t('Save these filters')}
        action={t('Save')}
        ready={name !== ''}
        draft={draft}
        operation="putView"
        what={{ params: { name }, body: { page, query } }}
        done={t('Saved under Views')}
      >
        <TextInput
          label={t('Name')}
          description={t('Only you see it. A view of the same name is replaced.')}
          placeholder={t('Unused keys')}
          maxLength={100}
          {...draft.text('name')}
          data-autofocus
        />
      </Confirm>
    </>
  )
}
