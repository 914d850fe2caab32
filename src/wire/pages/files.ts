import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Logo } from '../../core/services/client-logos.ts'
import type { World } from '../../core/world.ts'
import type { WireRequest } from '../../http/request.ts'
import type { WireAnswer } from '../dialect.ts'
import { takesGzip } from '../ui/files/asset.ts'
import { brandStyles } from '../ui/files/brand.ts'

/* All files of our pages: the style sheets, the typeface (assets/inter.md), the mark and the logos of applications. */

const file = (name: string): string => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')
const SITE = file('site.css')
const STYLES = SITE + file('claviger.css')
const MARK = file('claviger.svg')

type Sheet = { plain: string; gzip: Uint8Array }
/** A style sheet with the colours of the brand. It is compressed once, because a sign-in page loads little else. */
function sheetOf(css: string): (world: World) => Sheet {
  let known: Sheet | undefined
  return ({ rules }) => {
    const plain = css + brandStyles(rules.brand.color)
    if (known?.plain !== plain) known = { plain, gzip: gzipSync(plain) }
    return known
  }
}
export const siteStyles = sheetOf(SITE)
export const styleSheet = sheetOf(STYLES)
export const mark = ({ rules }: World): string => MARK.replaceAll('#14705a', rules.brand.color)

const FILE_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** `type`: recognised from the bytes by this server. */
export const showLogo = ({ type, body }: Logo): WireAnswer => ({
  status: 200,
  headers: { 'content-type': type, 'cache-control': 'private, max-age=86400', ...FILE_HEADERS },
  body,
})

export const typeface = ['inter-latin.woff2', 'inter-latin-ext.woff2'].map(name => ({
  path: `/assets/${name}` as const,
  bytes: readFileSync(join(import.meta.dirname, 'assets', name)),
}))

const showFile =
  (type: string, seconds = 300, more: Record<string, string> = {}) =>
  (body: string | Uint8Array): WireAnswer => ({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': `public, max-age=${seconds}`,
      ...FILE_HEADERS,
      ...more,
    },
    body,
  })
const showSheet = showFile('text/css; charset=utf-8', 300, { vary: 'accept-encoding' })
const showSmallSheet = showFile('text/css; charset=utf-8', 300, { vary: 'accept-encoding', 'content-encoding': 'gzip' })
export const showStyles = ({ plain, gzip }: Sheet, request: WireRequest): WireAnswer =>
  takesGzip(request) ? showSmallSheet(gzip) : showSheet(plain)
export const showTypeface = showFile('font/woff2', 2_592_000)
export const showMark = showFile('image/svg+xml')
