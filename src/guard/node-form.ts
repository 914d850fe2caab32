import type { FormFields } from './carriers.ts'

/** What Node's requests offer of a readable stream. */
export type NodeBody = AsyncIterable<Uint8Array | string> & {
  headers: Readonly<Record<string, string | string[] | undefined>>
}

const LONGEST_BODY = 128 * 1024

/** Reads a form body where no parser did. More than a form ever has is left unread: then there is no credential in it. */
export async function readNodeForm(request: NodeBody): Promise<FormFields> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
    length += bytes.length
    if (length > LONGEST_BODY) return {}
    chunks.push(bytes)
  }
  return parseForm(chunks, String(request.headers['content-type']))
}

/** Text fields of a form of either type; a broken one has none. */
export async function parseForm(chunks: readonly Uint8Array[], contentType: string): Promise<FormFields> {
  const form = await new Response(new Blob([...chunks] as BlobPart[]), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => undefined)
  const fields: Record<string, string | string[]> = Object.create(null)
  for (const name of new Set(form?.keys() ?? [])) {
    const values = (form?.getAll(name) ?? []).filter(value => typeof value === 'string')
    fields[name] = values.length === 1 ? (values[0] as string) : values
  }
  return fields
}
