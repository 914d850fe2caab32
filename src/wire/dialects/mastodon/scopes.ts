/*
 * The scopes of both families, GoToSocial's and Mastodon's (docs of either name half of them). What is not here cannot
 * be registered for. The words on the consent page are those of every dialect.
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

/** `follow` is Mastodon's old name for a bundle, the single `admin` is GoToSocial's alone; both are kept as they came. */
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
