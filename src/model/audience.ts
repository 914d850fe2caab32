import { Refusal } from './refusal.ts'

/** RFC 8707 section 2: an absolute URI without fragment. */
export function checkAudience(audience: string): void {
  const fits =
    audience.length <= 500 && /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7E]+$/.test(audience) && !audience.includes('#')
  if (!fits || !URL.canParse(audience))
    throw new Refusal('parameter-invalid', `not an audience: ${audience.slice(0, 100)}`, {
      parameter: 'audience',
      sentence: 'An audience is an absolute URI without fragment, such as https://api.example.com.',
    })
}
