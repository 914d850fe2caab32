import { PasswordInput, Text } from '@mantine/core'
import { IconBan, IconDeviceMobileOff, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { counted, t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { DirectAction } from '../show/change/direct-action.tsx'
import { type Counted, Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { useDraft } from '../show/change/use-draft.ts'

type User = Answer<'getUser'>

const countsOf = (id: string, of: 'account' | 'credentials' | 'password'): Counted => [
  'userImpact',
  { params: { id }, query: { of } },
]

/** Actions on a user. Disabling comes first, because it can be undone; each other action shows its consequences. */
export function UserActions({ user: { id, handle, active, second_factor } }: { user: User }) {
  const [, go] = useLocation()
  const change = useChange('changeUser')
  const params = { id }
  const enable = { params, body: { active: true } }
  return (
    <>
      {active ? (
        <RowAction
          size="sm"
          ends="disableUser"
          icon={<IconPlayerPause size={16} aria-hidden />}
          title={t('Disable {name}?', { name: handle })}
          counts={countsOf(id, 'account')}
          operation="changeUser"
          what={{ params, body: { active: false } }}
          done={t('Disabled. Sessions, tokens and keys of this user are refused.')}
          undo={() => change.mutateAsync(enable)}
        />
      ) : (
        <DirectAction
          label={t('Enable')}
          operation="changeUser"
          what={enable}
          done={t('Enabled again')}
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      )}
      <SetPassword id={id} />
      {second_factor ? (
        <RowAction
          size="sm"
          ends="removeSecondFactor"
          label={t('Remove second factor')}
          icon={<IconDeviceMobileOff size={16} aria-hidden />}
          title={t('Remove the second factor of {name}?', { name: handle })}
          operation="removeSecondFactor"
          what={{ params }}
          action={t('Remove it')}
          done={t('Removed. The password alone is enough to sign in.')}
        >
          <Text size="sm">{t('For a lost device. First make sure that the request comes from this user.')}</Text>
        </RowAction>
      ) : null}
      <RowAction
        size="sm"
        ends="revokeAll"
        icon={<IconBan size={16} aria-hidden />}
        title={t('Revoke every credential of {name}?', { name: handle })}
        counts={countsOf(id, 'credentials')}
        operation="revokeCredentials"
        what={{ body: { owner_id: id } }}
        done={({ revoked }) =>
          t('{credentials} revoked, and every token that is not stored', {
            credentials: counted(revoked, 'stored credential'),
          })
        }
      />
      <RowAction
        size="sm"
        ends="deleteUser"
        icon={<IconTrash size={16} aria-hidden />}
        title={t('Delete {name}?', { name: handle })}
        counts={countsOf(id, 'account')}
        operation="deleteUser"
        what={{ params }}
        done={t('Deleted')}
        onDone={() => go('/users')}
      />
    </>
  )
}

function SetPassword({ id }: { id: string }) {
  const { rules, user: me } = useSession()
  const draft = useDraft({ password: '', current_password: '' })
  const { password, current_password } = draft.values
  const set = useChange('setPassword')
  const own = id === me.id
  const params = { id }
  return (
    <AskingButton
      label={t('Set password')}
      title={t('Set a new password')}
      action={t('Set it')}
      ready={password.length >= rules.password_min_length && (!own || current_password !== '')}
      draft={draft}
      operation="setPassword"
      what={{ params, body: { password: '…' } }}
      run={() => set.mutateAsync({ params, body: { password, ...(own && { current_password }) } })}
      done={t('Password changed')}
    >
      <Ending act="setPassword" of={countsOf(id, 'password')} />
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
    </AskingButton>
  )
}
