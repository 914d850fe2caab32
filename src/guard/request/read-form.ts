import type { FormFields } from './carriers.ts'

/** The parts of a Node request that reading its body needs. */
export type NodeBody = {
  headers: Readonly<Record<string, string | string[] | undefined>>
  iterator(options: { destroyOnReturn: false }): AsyncIterable<Uint8Array | string>
  unshift(chunk: Uint8Array | string): void
}

const LONGEST_BODY = 128 * 1024

/** Reads a form body if no parser did. A body longer than any form with a credential is left unread for the API. */
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

/** Reads the form body of a request of the web platform, whose body stays readable. */
export async function readWebForm(request: Request): Promise<FormData | undefined> {
  if (Number(request.headers.get('content-length')) > LONGEST_BODY) return undefined
  const reader = (request.clone().body as ReadableStream<Uint8Array>).getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    length += part.value.length
    if (length <= LONGEST_BODY) continue
    // Cancels only the copy. The promise settles only when the original has ended too, so it is not awaited.
    void reader.cancel().catch(() => {})
    return undefined
  }
  return formData(chunks, request.headers.get('content-type') ?? '')
}

/** Returns the text fields of a form of either type; a broken form has no fields. */
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
