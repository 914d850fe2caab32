import { DAY, HOUR, MINUTE, SECOND } from '../span.ts'

/** The names of changed fields, by their keys in an entry. */
const FIELDS: Readonly<Record<string, string>> = {
  handle: 'user name',
  email: 'e-mail address',
  firstName: 'first name',
  lastName: 'last name',
  claims: 'claims',
  redirectUris: 'redirect addresses',
  metadata: 'metadata',
  grantTypes: 'grant types',
  ownerId: 'owner',
  reviewedAt: 'review',
  source: 'who vouches for it',
  identityChangedAt: 'what people know it by',
  tokenFormat: 'token format',
  strictAudience: 'strict audience',
  keyConsent: 'keys in the place of a sign-in',
  rollingExpSeconds: 'reported end of endless tokens',
  expiresAt: 'end',
  active: 'whether it works',
}
export const fieldWords = (fields: readonly string[]): string => fields.map(field => FIELDS[field] ?? field).join(', ')

/** Short phrases for the steps that an entry can name. */
export const STEP_WORDS: Readonly<Record<string, string>> = {
  'password hash upgraded': 'the password is stored by the newer method',
  'second factor begun': 'a second factor was begun',
  'second factor confirmed': 'a second factor was added',
  'second factor removed': 'the second factor was removed',
  'recovery codes made': 'new recovery codes',
  'recovery code used': 'a recovery code was used up',
  'tokens derived elsewhere ended': 'tokens that another system derived have ended',
  'client document withdrawn': 'its metadata document is gone, so it gets no new access',
  'client document unfit': 'its metadata document cannot be used, so it gets no new access',
  'client document there again': 'its metadata document can be read again',
  'sign-out undelivered': 'it could not be notified that a user signed out',
  'sign-outs sent again': 'sign-outs that it has not received are sent again',
  'imported passwords forgotten': 'imported passwords are forgotten',
}

/** 24 hours, 15 minutes: the largest unit that divides the time without a remainder. */
export function spanWords(seconds: number, language = 'en'): string {
  const units = [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const
  const milliseconds = seconds * SECOND
  const fits = units.find(([, size]) => milliseconds >= 2 * size && milliseconds % size === 0)
  const [unit, size] = fits ?? ['second', SECOND]
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(milliseconds / size)
}
