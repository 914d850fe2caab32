import { Button, Checkbox, Code, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useChange } from '../api/use-ask.ts'
import { ScopePicker } from '../scopes/scope-picker.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { Card } from '../show/page/card.tsx'
import { Facts } from '../show/page/facts.tsx'
import { Failure } from '../show/page/failure.tsx'
import { notice } from '../show/page/notices.tsx'
import styles from '../show/page/page.module.css'
import { Scopes } from '../show/value/scopes.tsx'
import { When } from '../show/value/when.tsx'
import { changeOf, linesOf } from './claim-lines.ts'
import { ROLES, type Role } from './roles.ts'

type User = Answer<'getUser'>

export function UserProfile({ user }: { user: User }) {
  const { may } = useSession()
  return (
    <div className={styles.columns}>
      <Card title="Details">
        <Facts
          rows={[
            ['Id', <Code key="id">{user.id}</Code>],
            ['Number', user.number],
            ['Password', user.has_password ? 'set' : 'none'],
            ['Second factor', user.second_factor ? 'on' : 'off'],
            ['Scope limit', user.scopes === null ? 'none' : <Scopes key="scopes" of={user.scopes} most={30} />],
            ['Created', <When key="made" at={user.created_at} />],
          ]}
        />
      </Card>
      {may('changeUser') ? <EditUser key={user.id} user={user} /> : null}
    </div>
  )
}

function EditUser({ user }: { user: User }) {
  const { rules } = useSession()
  const [draft, setDraft] = useState({
    handle: user.handle,
    email: user.email ?? '',
    first_name: user.first_name ?? '',
    last_name: user.last_name ?? '',
    role: user.role,
    claims: linesOf(user.claims),
    scopes: user.scopes,
  })
  const save = useChange('changeUser')
  const change = (part: Partial<typeof draft>) => setDraft(before => ({ ...before, ...part }))
  const claims = changeOf(user.claims, draft.claims)
  const roles = [...new Set([...rules.grantable_roles, user.role])]
  const what = {
    params: { id: user.id },
    body: {
      ...(draft.handle !== user.handle && { handle: draft.handle }),
      ...(draft.email !== (user.email ?? '') && { email: draft.email || null }),
      ...(draft.first_name !== (user.first_name ?? '') && { first_name: draft.first_name || null }),
      ...(draft.last_name !== (user.last_name ?? '') && { last_name: draft.last_name || null }),
      ...(draft.role !== user.role && { role: draft.role }),
      ...(claims && { claims }),
      ...(String(draft.scopes) !== String(user.scopes) && { scopes: draft.scopes }),
    },
  }
  const submit = () =>
    save
      .mutateAsync(what)
      .then(() => notice('Saved'))
      .catch(() => {})
  const field = (name: 'handle' | 'email' | 'first_name' | 'last_name', label: string, longest: number) => (
    <TextInput
      label={label}
      mb="xs"
      maxLength={longest}
      value={draft[name]}
      onChange={event => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Card title="Change">
      <form
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        {field('handle', 'Handle', 100)}
        {field('first_name', 'First name', 200)}
        {field('last_name', 'Last name', 200)}
        {field('email', 'E-mail', 254)}
        <Select
          label="Role"
          description={ROLES[draft.role].says}
          data={roles.map(value => ({ value, label: ROLES[value].label }))}
          value={draft.role}
          onChange={value => change({ role: (value ?? user.role) as Role })}
          allowDeselect={false}
        />
        <Textarea
          label="Claims"
          description="Standard claims of OpenID Connect, one NAME=VALUE to a line: phone_number=+43 1 2345, email_verified=true, address.locality=Wien"
          mt="xs"
          autosize
          minRows={2}
          value={draft.claims}
          onChange={event => change({ claims: event.currentTarget.value })}
        />
        <Stack gap="xs" mt="sm">
          <Checkbox
            label="Limit the scopes"
            description="Without a limit, this user can give every scope except those that manage this server."
            checked={draft.scopes !== null}
            onChange={event => change({ scopes: event.currentTarget.checked ? [] : null })}
          />
          {draft.scopes === null ? null : (
            <ScopePicker
              label="Scope limit"
              description="Keys, tokens and consents of this user never have more than these scopes."
              none="None: this user can give no scopes"
              value={draft.scopes}
              onChange={scopes => change({ scopes })}
            />
          )}
        </Stack>
        {save.error ? <Failure error={save.error} /> : null}
        <Group mt="md">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          <CopyAs operation="changeUser" what={what} />
        </Group>
      </form>
    </Card>
  )
}
