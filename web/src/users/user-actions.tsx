import { Button, PasswordInput, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconDeviceMobileOff, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { Answer, EndingName } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { counted, t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { notice } from '../show/page/notices.tsx'

type User = Answer<'getUser'>

/** Actions on a user. Disabling comes first, because it can be undone; each other action shows its consequences. */
export function UserActions({ user }: { user: User }) {
  const { may } = useSession()
  const [, go] = useLocation()
  const change = useChange('changeUser')
  const revokeAll = useChange('revokeCredentials')
  const remove = useChange('deleteUser')
  const removeFactor = useChange('removeSecondFactor')
  const params = { id: user.id }
  const setActive = { params, body: { active: !user.active } }
  return (
    <>
      {may('changeUser') && user.active ? (
        <RowAction
          size="sm"
          ends="disableUser"
          icon={<IconPlayerPause size={16} aria-hidden />}
          title={t('Disable {name}?', { name: user.handle })}
          says={<UserEnding act="disableUser" id={user.id} of="account" />}
          operation="changeUser"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          done={t('Disabled. Sessions, tokens and keys of this user are refused.')}
          undo={() => change.mutateAsync({ params, body: { active: true } })}
        />
      ) : null}
      {may('changeUser') && !user.active ? (
        <DirectAction
          label={t('Enable')}
          operation="changeUser"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          busy={change.isPending}
          done={t('Enabled again')}
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      ) : null}
      {may('setPassword') ? <SetPassword user={user} /> : null}
      {may('removeSecondFactor') && user.second_factor ? (
        <RowAction
          size="sm"
          ends="removeSecondFactor"
          label={t('Remove second factor')}
          icon={<IconDeviceMobileOff size={16} aria-hidden />}
          title={t('Remove the second factor of {name}?', { name: user.handle })}
          says={
            <>
              <Ending act="removeSecondFactor" />
              <Text size="sm">{t('For a lost device. First make sure that the request comes from this user.')}</Text>
            </>
          }
          operation="removeSecondFactor"
          what={{ params }}
          action={t('Remove it')}
          run={() => removeFactor.mutateAsync({ params })}
          done={t('Removed. The password alone is enough to sign in.')}
        />
      ) : null}
      {may('revokeCredentials') ? (
        <RowAction
          size="sm"
          ends="revokeAll"
          icon={<IconBan size={16} aria-hidden />}
          title={t('Revoke every credential of {name}?', { name: user.handle })}
          says={<UserEnding act="revokeAll" id={user.id} of="credentials" />}
          operation="revokeCredentials"
          what={{ body: { owner_id: user.id } }}
          run={async () => {
            const { revoked } = await revokeAll.mutateAsync({ body: { owner_id: user.id } })
            notice(
              t('{credentials} revoked, and every token that is not stored', {
                credentials: counted(revoked, 'stored credential'),
              }),
            )
          }}
        />
      ) : null}
      {may('deleteUser') ? (
        <RowAction
          size="sm"
          ends="deleteUser"
          icon={<IconTrash size={16} aria-hidden />}
          title={t('Delete {name}?', { name: user.handle })}
          says={<UserEnding act="deleteUser" id={user.id} of="account" />}
          operation="deleteUser"
          what={{ params }}
          run={async () => {
            await remove.mutateAsync({ params })
            go('/users')
          }}
          done={t('Deleted')}
        />
      ) : null}
    </>
  )
}

function SetPassword({ user }: { user: User }) {
  const { rules, user: me } = useSession()
  const [open, { open: show, close }] = useDisclosure(false)
  const draft = useDraft({ password: '', current_password: '' })
  const { password, current_password } = draft.values
  const set = useChange('setPassword')
  const own = user.id === me.id
  const params = { id: user.id }
  return (
    <>
      <Button variant="default" onClick={show}>
        {t('Set password')}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={t('Set a new password')}
        action={t('Set it')}
        ready={password.length >= rules.password_min_length && (!own || current_password !== '')}
        draft={draft}
        aside={<CopyAs operation="setPassword" what={{ params, body: { password: '…' } }} />}
        run={async () => {
          await set.mutateAsync({ params, body: { password, ...(own && { current_password }) } })
          notice(t('Password changed'))
        }}
      >
        <UserEnding act="setPassword" id={user.id} of="password" />
        {own ? (
          <PasswordInput
            label={t('Your present password')}
            autoComplete="current-password"
            {...draft.text('current_password')}
          />
        ) : null}
        <PasswordInput
          label={t('New password')}
          description={t('At least {least} characters.', { least: rules.password_min_length })}
          autoComplete="new-password"
          {...draft.text('password')}
        />
      </Confirm>
    </>
  )
}

type Part = 'account' | 'credentials' | 'password'
/** Loads the counts when the dialog opens. */
function UserEnding({ act, id, of }: { act: EndingName; id: string; of: Part }) {
  return <Ending act={act} of={useAsk('userImpact', { params: { id }, query: { of } })} />
}
