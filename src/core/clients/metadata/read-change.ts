import { nearest } from '../../../model/refusals/nearest.ts'
import { FIELDS } from './fields.ts'
import type { MetadataChange } from './merge-metadata.ts'
import { readLanguages, taggedField } from './other-languages.ts'
import { unfit } from './unfit-metadata.ts'

type Field = keyof typeof FIELDS
/** Keys have fields of their own in a request, because they replace each other. */
const NAMES = new Map(
  Object.entries(FIELDS)
    .filter(([field]) => field !== 'jwks' && field !== 'jwksUri')
    .map(([field, { name }]) => [name, field as Field]),
)

/**
 * Parses the changed metadata of a client, with the names of RFC 7591 section 2 and OpenID Connect registration
 * section 2; a language tag may follow the name (`tos_uri#de`). `null` removes a value. Refuses unknown names, which a
 * registration ignores, because an unknown name in a change is a mistake of the caller.
 */
export function readMetadataChange(given: Readonly<Record<string, unknown>>): MetadataChange {
  const plain = Object.entries(given).filter(([name]) => taggedField(name) === undefined)
  const change = plain.map(([name, value]) => {
    const field = NAMES.get(name)
    if (field === undefined) throw unknownName(name)
    return [field, value === null ? undefined : FIELDS[field].read(value, name)]
  })
  return { ...Object.fromEntries(change), ...readLanguages(given) }
}

function unknownName(name: string) {
  const near = nearest(name, [...NAMES.keys()])
  const hint = near === undefined ? `Known names: ${[...NAMES.keys()].join(', ')}.` : `Did you mean ${near}?`
  return unfit(name.slice(0, 100), `Client metadata has no such field. ${hint}`)
}
