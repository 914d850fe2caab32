import { Checkbox, Code, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import styles from '../show/page/page.module.css'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { changeOf, linesOf } from './claim-lines.ts'
import { ROLES } from './roles.ts'

type User = Answer<'getUser'>

export function UserProfile({ user }: { user: User }) {
  const { may } = useSession()
  return (
    <div className={styles.stacks}>
      <Card title={t('Details')}>
        <Facts
          rows={[
            [t('Id'), <Code key="id">{user.id}</Code>],
            [t('Number'), user.number],
            [t('Password'), user.has_password ? t('set') : t('not set')],
            [t('Second factor'), user.second_factor ? t('on') : t('off')],
            [t('Scope limit'), user.scopes === null ? t('none') : <Scopes key="scopes" of={user.scopes} most={30} />],
            [t('Created'), <When key="made" at={user.created_at} />],
          ]}
        />
      </Card>
      {may('changeUser') ? <EditUser key={user.id} user={user} /> : null}
    </div>
  )
}

function EditUser({ user }: { user: User }) {
  const { rules } = useSession()
  const draft = useDraft({
    handle: user.handle,
    first_name: user.first_name ?? '',
    last_name: user.last_name ?? '',
    email: user.email ?? '',
    role: user.role,
    claims: linesOf(user.claims),
    scopes: user.scopes,
  })
  const { values, changed } = draft
  const { claims: _, ...named } = changed
  const claims = changeOf(user.claims, values.claims)
  const empty = Object.entries(named).flatMap(([name, value]) =>
    value === '' && name !== 'handle' ? [[name, null]] : [],
  )
  const body = { ...named, ...Object.fromEntries(empty), ...(claims && { claims }) }
  const roles = [...new Set([...rules.grantable_roles, user.role])]
  return (
    <Card title={t('Change')}>
      <ChangeForm operation="changeUser" what={{ params: { id: user.id }, body }} draft={draft}>
        <TextInput label={t('Handle')} maxLength={100} required {...draft.text('handle')} />
        <TextInput label={t('First name')} maxLength={200} {...draft.text('first_name')} />
        <TextInput label={t('Last name')} maxLength={200} {...draft.text('last_name')} />
        <TextInput label={t('E-mail')} maxLength={254} {...draft.text('email')} />
        <Select
          label={t('Role')}
          description={ROLES[values.role].says}
          data={roles.map(value => ({ value, label: ROLES[value].label }))}
          {...draft.pick('role')}
          allowDeselect={false}
        />
        <Textarea
          label={t('Claims')}
          description={t(
            'Standard claims of OpenID Connect, one NAME=VALUE to a line: phone_number=+43 1 2345, email_verified=true, address.locality=Wien',
          )}
          autosize
          minRows={2}
          {...draft.text('claims')}
        />
        <Stack gap="xs">
          <Checkbox
            label={t('Limit the scopes')}
            description={t('Without a limit, this user can give every scope except those that manage this server.')}
            checked={values.scopes !== null}
            onChange={event => draft.change({ scopes: event.currentTarget.checked ? [] : null })}
          />
          {values.scopes === null ? null : (
            <ScopePicker
              label={t('Scope limit')}
              description={t('Keys, tokens and consents of this user never have more than these scopes.')}
              none={t('None: this user can give no scopes')}
              value={values.scopes}
              onChange={scopes => draft.change({ scopes })}
            />
          )}
        </Stack>
      </ChangeForm>
    </Card>
  )
}
