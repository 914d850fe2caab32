import { PasswordInput, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { ROLES, type Role } from './roles.ts'

const BLANK = { handle: '', email: '', role: 'user' as Role, password: '' }

export function CreateUser({ openAtFirst = false }: { openAtFirst?: boolean }) {
  const { rules } = useSession()
  const draft = useDraft(BLANK)
  const [, go] = useLocation()
  const { handle, email, role, password } = draft.values
  const body = { handle: handle.trim(), role, ...(email.trim() && { email: email.trim() }) }
  return (
    <AskingButton
      label={t('Create user')}
      icon={<IconPlus size={16} aria-hidden />}
      variant="filled"
      openAtFirst={openAtFirst}
      title={t('Create a user')}
      action={t('Create')}
      ready={body.handle !== ''}
      draft={draft}
      operation="createUser"
      what={{ body: { ...body, ...(password && { password }) } }}
      done={t('User created')}
      onDone={({ id }) => go(`/users/${id}`)}
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
    </AskingButton>
  )
}
