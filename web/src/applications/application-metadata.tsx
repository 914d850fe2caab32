import { Select, Textarea, TextInput } from '@mantine/core'
import type { Ask } from '../api/ask.ts'
import { t } from '../language/t.ts'
import { ChangeForm } from '../show/change/change-form.tsx'
import { useDraft } from '../show/change/use-draft.ts'
import { Card } from '../show/page/card.tsx'
import { choicesOf } from '../show/value/choice.tsx'
import { changeOf, claimWords } from '../users/claim-lines.ts'
import { type Client, linesOf } from './words.ts'

type Field = { label: string; description: string; lines?: true; choices?: Readonly<Record<string, string>> }

/** The field for all names with a language tag, as in `client_name#de`. */
const TAGGED = '#'

/** The names are those of RFC 7591 and OpenID Connect registration. */
const SEEN: Record<string, Field> = {
  logo_uri: {
    label: t('Logo'),
    description: t('The address of a PNG, JPEG, GIF or WebP picture. The consent page shows it.'),
  },
  policy_uri: { label: t('Privacy policy'), description: t('The address of a page for users.') },
  tos_uri: { label: t('Terms of service'), description: t('The address of a page for users.') },
  [TAGGED]: {
    label: t('In other languages'),
    description: t(
      'One NAME#LANGUAGE=VALUE per line, such as client_name#de=Berichte. Names: client_name, client_uri, logo_uri, policy_uri, tos_uri.',
    ),
    lines: true,
  },
}
const SIGN_IN: Record<string, Field> = {
  post_logout_redirect_uris: {
    label: t('Addresses after signing out'),
    description: t('One per line. The browser may go to one of them after a user signed out.'),
    lines: true,
  },
  backchannel_logout_uri: {
    label: t('Address for sign-outs'),
    description: t(
      'This server sends a logout token to this https address when a user signs out (back-channel logout).',
    ),
  },
  id_token_signed_response_alg: {
    label: t('Signature of ID tokens'),
    description: t('Most client libraries expect RS256.'),
    choices: { RS256: 'RS256', ES256: 'ES256', EdDSA: 'EdDSA' },
  },
  subject_type: {
    label: t('User id that the application gets'),
    description: t('With ids of their own, two applications cannot find out that a user is the same.'),
    choices: { public: t('The id of the account'), pairwise: t('An id for this application only') },
  },
}

/** What users see of an application, and how it takes part in OpenID Connect. */
export const ApplicationMetadata = ({ client }: { client: Client }) => (
  <>
    <MetadataForm client={client} title={t('What users see')} fields={SEEN} />
    <MetadataForm client={client} title={t('Sign-in with OpenID Connect')} fields={SIGN_IN} />
  </>
)

function MetadataForm({ client, title, fields }: { client: Client; title: string; fields: Record<string, Field> }) {
  const all = Object.entries(fields)
  const tagged = Object.fromEntries(Object.entries(client.metadata).filter(([name]) => name.includes(TAGGED)))
  const start = all.map(([name, field]) => [
    name,
    name === TAGGED ? claimWords(tagged).join('\n') : asText(client.metadata[name], field),
  ])
  const draft = useDraft<Record<string, string>>(Object.fromEntries(start))
  const metadata = Object.assign(
    {},
    ...all.map(([name, field]) => {
      const text = draft.values[name] ?? ''
      return name === TAGGED ? changeOf(tagged, text) : { [name]: asValue(text, field) }
    }),
  )
  const what: Ask<'changeClient'> = { params: { id: client.id }, body: { metadata } }
  return (
    <Card title={title}>
      <ChangeForm operation="changeClient" what={what} draft={draft}>
        {all.map(([name, { choices, lines, ...words }]) =>
          choices ? (
            <Select
              key={name}
              {...words}
              data={choicesOf(choices)}
              allowDeselect={false}
              {...draft.pick(name)}
              value={draft.values[name] ?? null}
            />
          ) : lines ? (
            <Textarea key={name} {...words} autosize minRows={2} {...draft.text(name)} />
          ) : (
            <TextInput key={name} {...words} {...draft.text(name)} />
          ),
        )}
      </ChangeForm>
    </Card>
  )
}

const asText = (value: unknown, field: Field): string =>
  Array.isArray(value) ? value.join('\n') : String(value ?? Object.keys(field.choices ?? {})[0] ?? '')

/** `null` removes the value. */
const asValue = (text: string, field: Field): string | string[] | null =>
  text.trim() === '' ? null : field.lines ? linesOf(text) : text.trim()
