import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBan, IconDeviceMobileOff, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Answer, EndingName } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { counted } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { DirectAction } from '../show/change/direct-action.tsx'
import { Ending } from '../show/change/ending.tsx'
import { RowAction } from '../show/change/row-action.tsx'
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
          title={`Disable ${user.handle}?`}
          says={<UserEnding act="disableUser" id={user.id} of="account" />}
          operation="changeUser"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          done="Disabled. Sessions, tokens and keys of this user are refused."
          undo={() => change.mutateAsync({ params, body: { active: true } })}
        />
      ) : null}
      {may('changeUser') && !user.active ? (
        <DirectAction
          label="Enable"
          operation="changeUser"
          what={setActive}
          run={() => change.mutateAsync(setActive)}
          busy={change.isPending}
          done="Enabled again"
          icon={<IconPlayerPlay size={16} aria-hidden />}
        />
      ) : null}
      {may('setPassword') ? <SetPassword user={user} /> : null}
      {may('removeSecondFactor') && user.second_factor ? (
        <RowAction
          size="sm"
          ends="removeSecondFactor"
          label="Remove second factor"
          icon={<IconDeviceMobileOff size={16} aria-hidden />}
          title={`Remove the second factor of ${user.handle}?`}
          says={
            <>
              <Ending act="removeSecondFactor" />
              <Text size="sm">For a lost device. First make sure that the request comes from this user.</Text>
            </>
          }
          operation="removeSecondFactor"
          what={{ params }}
          action="Remove it"
          run={() => removeFactor.mutateAsync({ params })}
          done="Removed. The password alone is enough to sign in."
        />
      ) : null}
      {may('revokeCredentials') ? (
        <RowAction
          size="sm"
          ends="revokeAll"
          icon={<IconBan size={16} aria-hidden />}
          title={`Revoke every credential of ${user.handle}?`}
          says={<UserEnding act="revokeAll" id={user.id} of="credentials" />}
          operation="revokeCredentials"
          what={{ body: { owner_id: user.id } }}
          run={async () => {
            const { revoked } = await revokeAll.mutateAsync({ body: { owner_id: user.id } })
            notice(`${counted(revoked, 'stored credential')} revoked, and every token without a row`)
          }}
        />
      ) : null}
      {may('deleteUser') ? (
        <RowAction
          size="sm"
          ends="deleteUser"
          icon={<IconTrash size={16} aria-hidden />}
          title={`Delete ${user.handle}?`}
          says={<UserEnding act="deleteUser" id={user.id} of="account" />}
          operation="deleteUser"
          what={{ params }}
          run={async () => {
            await remove.mutateAsync({ params })
            go('/users')
          }}
          done="Deleted"
        />
      ) : null}
    </>
  )
}

function SetPassword({ user }: { user: User }) {
  const { rules, user: me } = useSession()
  const [open, { open: show, close }] = useDisclosure(false)
  const [password, setPassword] = useState('')
  const [current, setCurrent] = useState('')
  const set = useChange('setPassword')
  const own = user.id === me.id
  return (
    <>
      <Button variant="default" onClick={show}>
        Set password
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title="Set a new password"
        action="Set it"
        ready={password.length >= rules.password_min_length && (!own || current !== '')}
        aside={
          <Group>
            <CopyAs operation="setPassword" what={{ params: { id: user.id }, body: { password: '…' } }} />
          </Group>
        }
        run={async () => {
          await set.mutateAsync({
            params: { id: user.id },
            body: { password, ...(own && { current_password: current }) },
          })
          setPassword('')
          setCurrent('')
          notice('Password changed')
        }}
      >
        <UserEnding act="setPassword" id={user.id} of="password" />
        {own ? (
          <PasswordInput
            label="Your present password"
            autoComplete="current-password"
            value={current}
            onChange={event => setCurrent(event.currentTarget.value)}
          />
        ) : null}
        <PasswordInput
          label="New password"
          description={`At least ${rules.password_min_length} characters.`}
          autoComplete="new-password"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
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
