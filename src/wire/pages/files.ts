import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../../core/world.ts'
import type { WireAnswer } from '../dialect.ts'
import { brandStyles } from '../ui/brand.ts'

/* The style sheet and the mark, the only files that our pages load. */

const file = (name: string): string => readFileSync(join(import.meta.dirname, 'assets', name), 'utf8')
const STYLES = file('claviger.css')
const MARK = file('claviger.svg')

export const styleSheet = ({ rules }: World): string => STYLES + brandStyles(rules.brand.color)
export const mark = ({ rules }: World): string => MARK.replaceAll('#14705a', rules.brand.color)

const showFile =
  (type: string) =>
  (body: string): WireAnswer => ({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=300',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  })
export const showStyles = showFile('text/css; charset=utf-8')
export const showMark = showFile('image/svg+xml')
