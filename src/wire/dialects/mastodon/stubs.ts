import type { WireAnswer } from '../../dialect.ts'

/*
 * Empty values for things that this server does not have: posts, followers, pictures, uploads. Clients require these
 * fields.
 */

const ok = (body: object): WireAnswer => ({ status: 200, headers: { 'cache-control': 'no-store' }, body })

/** An empty list. */
export const list = (): WireAnswer => ok([])

/** Settings for a person's own posts, always with default values, because none are stored. */
export const preferences = (): WireAnswer =>
  ok({
    'posting:default:visibility': 'public',
    'posting:default:sensitive': false,
    'posting:default:language': null,
    'reading:expand:media': 'default',
    'reading:expand:spoilers': false,
  })

/** The `source` of an account: settings for its posts. */
export const ACCOUNT_SOURCE = {
  privacy: 'public',
  web_visibility: 'public',
  web_layout: 'microblog',
  sensitive: false,
  language: '',
  status_content_type: 'text/plain',
  note: '',
  fields: [],
  follow_requests_count: 0,
}

/** The `configuration` of an instance that accepts no posts and attachments. */
export const LIMITS = {
  statuses: { max_characters: 0, max_media_attachments: 0, characters_reserved_per_url: 23 },
  media_attachments: {
    supported_mime_types: [],
    image_size_limit: 0,
    image_matrix_limit: 0,
    video_size_limit: 0,
    video_frame_rate_limit: 0,
    video_matrix_limit: 0,
  },
  polls: { max_options: 0, max_characters_per_option: 0, min_expiration: 0, max_expiration: 0 },
}

export const AVATAR = '/avatars/missing.svg'
export const HEADER = '/headers/missing.svg'

/** The same picture for every account, so that no client shows a broken one. */
const picture = (shape: string, viewBox: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' },
  body: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${shape}</svg>`,
})
export const avatar = (): WireAnswer =>
  picture(
    '<path fill="#d5dae1" d="M0 0h48v48H0z"/><circle cx="24" cy="18" r="9" fill="#8a94a3"/><path fill="#8a94a3" d="M8 48a16 16 0 0 1 32 0z"/>',
    '0 0 48 48',
  )
export const header = (): WireAnswer => picture('<path fill="#d5dae1" d="M0 0h3v1H0z"/>', '0 0 3 1')
