import { type ClientMetadata, LANGUAGE_FIELDS, type LanguageField } from '../../../model/clients/client-metadata.ts'
import { type LanguageChange, withLanguages } from './other-languages.ts'

/** A field that is undefined is removed; an absent field does not change. Languages change one by one. */
export type MetadataChange = LanguageChange & {
  [K in Exclude<keyof ClientMetadata, LanguageField>]?: ClientMetadata[K] | undefined
}

export function mergeMetadata(before: ClientMetadata, change: MetadataChange): ClientMetadata {
  const isLanguages = (field: string): boolean => (LANGUAGE_FIELDS as readonly string[]).includes(field)
  const plain = Object.entries({ ...before, ...change }).filter(
    ([field, value]) => value !== undefined && !isLanguages(field),
  )
  return { ...Object.fromEntries(plain), ...withLanguages(before, change) }
}
