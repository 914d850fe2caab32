import { isolationHeaders } from '../ui/isolation-headers.ts'

/*
 * Response headers of the console. No inline script, no inline style, nothing from elsewhere: React sets
 * styles through the object model, which no policy has to allow, and the few style sheets are files of ours. Strings
 * never become markup (`require-trusted-types-for`), and the page cannot be framed.
 */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export const pageHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': CONSOLE_POLICY,
  ...isolationHeaders,
}

/** The name of an asset holds its hash, so what it names never changes. */
export const assetHeaders: Record<string, string> = {
  'cache-control': 'public, max-age=31536000, immutable',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
}
