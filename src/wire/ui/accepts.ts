import { header, type WireRequest } from '../../http/request.ts'

/**
 * True if the request accepts this media type (RFC 9110 section 12.5.1): the most specific matching range decides, and a
 * request without the header accepts everything.
 */
export function accepts(request: WireRequest, type: `${string}/${string}`): boolean {
  const said = header(request, 'accept')?.trim().toLowerCase()
  if (!said) return true
  const ranges = new Map(said.split(',').map(readRange))
  const fitting = [type, `${type.split('/')[0]}/*`, '*/*'].find(range => ranges.has(range))
  return fitting !== undefined && ranges.get(fitting) !== 0
}

function readRange(text: string): [range: string, quality: number] {
  const [range = '', ...parameters] = text.split(';').map(part => part.trim())
  const quality = parameters.find(parameter => /^q *=/.test(parameter))?.split('=')[1]
  return [range, quality === undefined ? 1 : Number(quality)]
}
