import type { FormFields } from './carriers.ts'

/** What Node's requests offer of a readable stream. */
export type NodeBody = {
  headers: Readonly<Record<string, string | string[] | undefined>>
  iterator(options: { destroyOnReturn: false }): AsyncIterable<Uint8Array | string>
  unshift(chunk: Uint8Array | string): void
}

const LONGEST_BODY = 128 * 1024

/** Reads a form body where no parser did. A larger one than any with a credential in it is left to the API, whole. */
export async function readNodeForm(request: NodeBody): Promise<FormFields | undefined> {
  if (Number(request.headers['content-length']) > LONGEST_BODY) return undefined
  const chunks: (Uint8Array | string)[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    length += chunk.length
    if (length > LONGEST_BODY) break
  }
  if (length <= LONGEST_BODY) return parseForm(chunks, String(request.headers['content-type']))
  for (const chunk of chunks.reverse()) request.unshift(chunk)
  return undefined
}

/** The same of a request of the web platform, whose body stays readable. */
export async function readWebForm(request: Request): Promise<FormData | undefined> {
  if (Number(request.headers.get('content-length')) > LONGEST_BODY) return undefined
  const reader = (request.clone().body as ReadableStream<Uint8Array>).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    length += part.value.length
    if (length <= LONGEST_BODY) continue
    // Ends the copy alone; it is settled only once the original has ended, too.
    void reader.cancel().catch(() => {})
    return undefined
  }
  return formData(chunks, request.headers.get('content-type') ?? '')
}

/** Text fields of a form of either type; a broken one has none. */
export async function parseForm(chunks: readonly (Uint8Array | string)[], contentType: string): Promise<FormFields> {
  const form = await formData(chunks, contentType)
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const name of new Set(form?.keys() ?? [])) {
    const values = (form?.getAll(name) ?? []).filter(value => typeof value === 'string')
    fields[name] = values.length === 1 ? (values[0] as string) : values
  }
  return fields
}

const formData = (chunks: readonly (Uint8Array | string)[], contentType: string): Promise<FormData | undefined> =>
  new Response(new Blob([...chunks] as BlobPart[]), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined)
