/*
 * The scopes of GoToSocial and of Mastodon; the documentation of each lists about half. Other scopes cannot be
 * registered. The consent page describes them like all scopes.
 */

const SHARED = ['accounts', 'applications', 'blocks', 'bookmarks', 'collections', 'favourites', 'filters', 'follows']
const ALSO = ['lists', 'mutes', 'notifications', 'statuses']
const READABLE = [...SHARED, ...ALSO, 'custom_emojis', 'search']
const WRITABLE = [...SHARED, ...ALSO, 'conversations', 'media', 'reports']
const BLOCKS = ['domain_allows', 'domain_blocks', 'ip_blocks', 'email_domain_blocks', 'canonical_email_blocks']
const ADMINISTERED = ['accounts', 'reports', ...BLOCKS]

const withParts = (parent: string, parts: readonly string[]): string[] => [
  parent,
  ...parts.map(part => `${parent}:${part}`),
]

/** `follow` is an old scope of Mastodon for several others; `admin` alone is GoToSocial's. Both are stored unchanged. */
export const SCOPES: readonly string[] = [
  'profile',
  ...withParts('read', READABLE),
  ...withParts('write', WRITABLE),
  'push',
  'follow',
  'admin',
  ...withParts('admin:read', ADMINISTERED),
  ...withParts('admin:write', ADMINISTERED),
]

const KNOWN = new Set(SCOPES)
export const isKnownScope = (scope: string): boolean => KNOWN.has(scope)
