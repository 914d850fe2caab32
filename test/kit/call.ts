import type { TestServer } from './server.ts'

/* One request and all of its answer, for comparing every byte that a client can see. */

export type Asking = {
  form?: Record<string, string>
  multipart?: Record<string, string>
  json?: unknown
  /** Sent as it is, without any Content-Type. */
  untyped?: string
  /** Sent with this Content-Type. */
  raw?: { type: string; body: string }
  bearer?: string
  headers?: Record<string, string>
}
export type Told = { status: number; headers: Headers; text: string; body: Record<string, unknown> }

export const caller =
  (server: Pick<TestServer, 'url'>) =>
  async (method: string, path: string, asking: Asking = {}): Promise<Told> => {
    const headers: Record<string, string> = { ...asking.headers }
    if (asking.bearer !== undefined) headers['authorization'] = `Bearer ${asking.bearer}`
    if (asking.json !== undefined) headers['content-type'] = 'application/json'
    if (asking.raw) headers['content-type'] = asking.raw.type
    const body = bodyOf(asking)
    const answer = await fetch(server.url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') === true && text !== ''
    return { status: answer.status, headers: answer.headers, text, body: json ? JSON.parse(text) : {} }
  }

function bodyOf({ form, multipart, json, untyped, raw }: Asking): BodyInit | undefined {
  if (form) return new URLSearchParams(form)
  if (json !== undefined) return JSON.stringify(json)
  // fetch names a type for every text; bytes go out without one.
  if (untyped !== undefined) return new TextEncoder().encode(untyped)
  if (raw) return new TextEncoder().encode(raw.body)
  if (!multipart) return undefined
  const data = new FormData()
  for (const [name, value] of Object.entries(multipart)) data.set(name, value)
  return data
}
