import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logo } from '../../core/services/client-logos.ts'
import type { World } from '../../core/world.ts'
import type { WireAnswer } from '../dialect.ts'
import { brandStyles } from '../ui/files/brand.ts'

/* The style sheets, the mark and the logos of applications, the only files that our pages load. */

const file = (name: string): string => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')
const SITE = file('site.css')
const STYLES = SITE + file('claviger.css')
const MARK = file('claviger.svg')

export const siteStyles = ({ rules }: World): string => SITE + brandStyles(rules.brand.color)
export const styleSheet = ({ rules }: World): string => STYLES + brandStyles(rules.brand.color)
export const mark = ({ rules }: World): string => MARK.replaceAll('#14705a', rules.brand.color)

const FILE_HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** The type is what this server found the bytes to be. */
export const showLogo = ({ type, body }: Logo): WireAnswer => ({
  status: 200,
  headers: { 'content-type': type, 'cache-control': 'private, max-age=86400', ...FILE_HEADERS },
  body,
})

const showFile =
  (type: string) =>
  (body: string): WireAnswer => ({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=300',
      ...FILE_HEADERS,
    },
    body,
  })
export const showStyles = showFile('text/css; charset=utf-8')
export const showMark = showFile('image/svg+xml')
