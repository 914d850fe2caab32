import type { WireAnswer } from '../../dialect.ts'

/*
 * What this family has and this server has not: posts, followers, pictures, uploads. Clients count on the fields being
 * there, so here they are, with nothing in them. A table of data; no line here decides anything.
 */

const ok = (body: object): WireAnswer => ({ status: 200, headers: { 'cache-control': 'no-store' }, body })

/** Nothing is what there is. */
export const list = (): WireAnswer => ok([])

/** Settings for a person's own posts; none are stored here, so the standard values. */
export const preferences = (): WireAnswer =>
  ok({
    'posting:default:visibility': 'public',
    'posting:default:sensitive': false,
    'posting:default:language': null,
    'reading:expand:media': 'default',
    'reading:expand:spoilers': false,
  })

/** The `source` of an account: how its owner writes. */
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

/** The `configuration` of an instance on which nothing can be posted or attached. */
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

/** One picture for everybody, so that no client shows a broken one. */
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
