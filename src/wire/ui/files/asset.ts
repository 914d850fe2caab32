import { gunzipSync } from 'node:zlib'
import { header, type WireRequest } from '../../../http/request.ts'
import type { WireAnswer } from '../../dialect.ts'

/** A built file. Its name contains its hash, so the content under a name never changes. */
export type Asset = { gzip: Uint8Array; type: string }

export const ASSET_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

export function showAsset({ gzip, type }: Asset, request: WireRequest): WireAnswer {
  const headers = {
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': type,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  }
  return takesGzip(request)
    ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzip }
    : { status: 200, headers, body: gunzipSync(gzip) }
}

export const takesGzip = (request: WireRequest): boolean =>
  /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0+)?\s*(,|$))|,|$)/i.test(header(request, 'accept-encoding') ?? '')
