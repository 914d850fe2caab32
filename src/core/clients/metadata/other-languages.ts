import {
  type ByLanguage,
  type ClientMetadata,
  LANGUAGE_FIELDS,
  type LanguageField,
} from '../../../model/clients/client-metadata.ts'
import { checkName } from '../name-rules.ts'
import { type ReadValue, text, webAddress } from './read-values.ts'
import { asUnfit, unfit } from './unfit-metadata.ts'

/* Client metadata for people in several languages (RFC 7591 section 2.2): `client_name#de`. */

const MOST_LANGUAGES = 20

export const readName: ReadValue<string> = (value, field) => {
  const name = text(200)(value, field)
  try {
    checkName(name)
  } catch (error) {
    throw asUnfit(error)
  }
  return name
}

const FIELDS: { [K in LanguageField]: { name: string; read: ReadValue<string> } } = {
  names: { name: 'client_name', read: readName },
  websites: { name: 'client_uri', read: webAddress },
  logoUris: { name: 'logo_uri', read: webAddress },
  policyUris: { name: 'policy_uri', read: webAddress },
  tosUris: { name: 'tos_uri', read: webAddress },
}

/** A change of these fields. A language whose value is undefined is removed. */
export type LanguageChange = { [K in LanguageField]?: Record<string, string | undefined> }

/** Reads the fields with a language tag. Names without one, or with a malformed tag, are left to the caller. */
export function readLanguages(given: Readonly<Record<string, unknown>>): LanguageChange {
  const found: LanguageChange = {}
  for (const [name, value] of Object.entries(given)) {
    const tagged = taggedField(name)
    if (!tagged) continue
    const { field, tag } = tagged
    const values = found[field] ?? {}
    if (Object.keys(values).some(other => sameTag(other, tag)))
      throw unfit(name, `The language of ${name} is named twice: upper and lower case do not differ.`)
    found[field] = { ...values, [tag]: value === null ? undefined : FIELDS[field].read(value, name) }
  }
  return found
}

/** The field and the language of a name such as `client_name#de`; undefined for other names. */
export function taggedField(name: string): { field: LanguageField; tag: string } | undefined {
  const [, base, tag] = /^([a-z_]{1,20})#([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4})$/.exec(name) ?? []
  const field = LANGUAGE_FIELDS.find(one => FIELDS[one].name === base)
  return field && tag !== undefined ? { field, tag } : undefined
}

/** Applies a change. Refuses more languages than a client may have. */
export function withLanguages(before: ClientMetadata, change: LanguageChange): Pick<ClientMetadata, LanguageField> {
  const after: { [K in LanguageField]?: ByLanguage } = {}
  for (const field of LANGUAGE_FIELDS) {
    const changed = Object.entries(change[field] ?? {})
    const kept = Object.entries(before[field] ?? {}).filter(([tag]) => !changed.some(([other]) => sameTag(tag, other)))
    const values = [...kept, ...changed.filter((pair): pair is [string, string] => pair[1] !== undefined)]
    if (values.length > MOST_LANGUAGES)
      throw unfit(FIELDS[field].name, `${FIELDS[field].name} may be given in ${MOST_LANGUAGES} languages.`)
    if (values.length > 0) after[field] = Object.fromEntries(values)
  }
  return after
}

/** With the names of RFC 7591. */
export const showLanguages = (metadata: ClientMetadata): Record<string, string> =>
  Object.fromEntries(
    LANGUAGE_FIELDS.flatMap(field =>
      Object.entries(metadata[field] ?? {}).map(([tag, value]) => [`${FIELDS[field].name}#${tag}`, value]),
    ),
  )

const sameTag = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
