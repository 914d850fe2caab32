import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { notice } from '../show/page/notices.tsx'
import { ROLES, type Role } from './roles.ts'

const BLANK = { handle: '', email: '', role: 'user' as Role, password: '' }

export function CreateUser({ open, onClose }: { open: boolean; onClose(): void }) {
  const { rules } = useSession()
  const draft = useDraft(BLANK)
  const [, go] = useLocation()
  const create = useChange('createUser')
  const { handle, email, role, password } = draft.values
  const body = { handle: handle.trim(), role, ...(email.trim() && { email: email.trim() }) }
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title={t('Create a user')}
      action={t('Create')}
      ready={body.handle !== ''}
      draft={draft}
      aside={<CopyAs operation="createUser" what={{ body: { ...body, ...(password && { password: '$PASSWORD' }) } }} />}
      run={async () => {
        const user = await create.mutateAsync({ body: { ...body, ...(password && { password }) } })
        notice(t('User created'))
        go(`/users/${user.id}`)
      }}
    >
      <TextInput
        label={t('Handle')}
        description={t('The name to sign in with.')}
        required
        data-autofocus
        maxLength={100}
        autoComplete="off"
        {...draft.text('handle')}
      />
      <TextInput label={t('E-mail')} type="email" autoComplete="off" maxLength={254} {...draft.text('email')} />
      <Select
        label={t('Role')}
        description={ROLES[role].says}
        data={rules.grantable_roles.map(value => ({ value, label: ROLES[value].label }))}
        {...draft.pick('role')}
        allowDeselect={false}
      />
      <PasswordInput
        label={t('Password')}
        description={t('At least {least} characters. Leave empty for an account without a password.', {
          least: rules.password_min_length,
        })}
        autoComplete="new-password"
        {...draft.text('password')}
        visibilityToggleButtonProps={{ 'aria-label': t('Show the password'), 'aria-hidden': false, tabIndex: 0 }}
      />
    </Confirm>
  )
}
