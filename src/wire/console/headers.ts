import { isolationHeaders } from '../ui/isolation-headers.ts'

/*
 * Response headers of the console. They allow no inline script or style, and nothing from other origins: React sets
 * styles through the DOM, which needs no permission, and all style sheets are our files. Strings never become markup
 * (`require-trusted-types-for`), and other pages cannot frame the console.
 */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
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
