import type { Client } from '../../model/clients/client.ts'
import { DAY, MINUTE } from '../../model/span.ts'
import type { Fetcher, OutboundAsk } from '../../ports/fetcher.ts'
import { namedBy } from '../clients/named-by.ts'
import { gifSize, jpegSize, type PictureSize, pngSize, webpSize } from './picture-size.ts'

/**
 * Fetches the logos that clients publish. The browser of a person does not contact the publisher, and gets no file of
 * another type.
 */
export type ClientLogos = {
  /** `undefined` if there is no logo at the address that can be shown. */
  at(uri: string, client: Pick<Client, 'source'>): Promise<Logo | undefined>
}
export type Logo = { type: string; body: Uint8Array }

const MOST_BYTES = 262_144
/** The largest number of logos in memory, for all clients together. */
const MOST_LOGOS = 64
const FRESH = DAY
const AGAIN = 10 * MINUTE
type Known = { logo: Logo | undefined; until: number }

/** `now` counts milliseconds and never runs backwards. */
export function openClientLogos(fetcher: Fetcher, now: () => number): ClientLogos {
  const known = new Map<string, Known>()
  const underWay = new Map<string, Promise<Logo | undefined>>()

  async function fetchLogo(url: string, by: OutboundAsk['namedBy'], place: string): Promise<Logo | undefined> {
    const headers = { accept: TYPES.map(({ type }) => type).join(', ') }
    const answer = await fetcher.send({ url, headers, mostBytes: MOST_BYTES, namedBy: by })
    const logo = answer.is === 'answer' && answer.status === 200 ? rasterIn(answer.body) : undefined
    known.delete(place)
    if (known.size >= MOST_LOGOS) known.delete(known.keys().next().value as string)
    known.set(place, { logo, until: now() + (logo ? FRESH : AGAIN) })
    return logo
  }

  return {
    async at(uri, client) {
      if (!uri.startsWith('https:')) return undefined
      const by = namedBy(client)
      // Staff may name more addresses, so what was fetched for them is not for others.
      const place = `${by} ${uri}`
      const found = known.get(place)
      if (found && now() < found.until) return found.logo
      const running = underWay.get(place)
      if (running) return running
      const started = fetchLogo(uri, by, place)
      underWay.set(place, started)
      return started.finally(() => underWay.delete(place))
    },
  }
}

/** A browser keeps about four bytes for each pixel, however small the file is. */
const MOST_PIXELS = 2048 * 2048

/** Pixel formats only, because SVG is a document that can contain scripts and links. */
const TYPES: readonly {
  type: string
  begins: (bytes: Buffer) => boolean
  size: (bytes: Buffer) => PictureSize | undefined
}[] = [
  {
    type: 'image/png',
    begins: bytes => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
    size: pngSize,
  },
  { type: 'image/jpeg', begins: bytes => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')), size: jpegSize },
  { type: 'image/gif', begins: bytes => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6)), size: gifSize },
  {
    type: 'image/webp',
    begins: bytes => /^RIFF[\s\S]{4}WEBP/.test(bytes.toString('latin1', 0, 12)),
    size: webpSize,
  },
]

/**
 * Recognises the type by the first bytes, and ignores the content type that the publisher sends. A picture whose header
 * names no size, or more pixels than `MOST_PIXELS`, is not shown.
 */
function rasterIn(body: Uint8Array): Logo | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const found = TYPES.find(({ begins }) => begins(bytes))
  const { width = 0, height = 0 } = found?.size(bytes) ?? {}
  const pixels = width * height
  return found && pixels > 0 && pixels <= MOST_PIXELS ? { type: found.type, body } : undefined
}
