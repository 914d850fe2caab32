import { request } from 'node:http'

export type RawAnswer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** One request exactly as it is written, with node:http: `fetch` sends no empty header, none twice, and some of its own. */
export function sendRaw(
  address: string,
  ask: { method?: string; headers?: readonly (readonly [string, string])[]; body?: string } = {},
): Promise<RawAnswer> {
  const { method = 'GET', headers = [], body } = ask
  const length = body === undefined ? [] : ['content-length', String(Buffer.byteLength(body))]
  return new Promise((resolve, reject) => {
    const all = ['host', new URL(address).host, ...headers.flat(), ...length]
    const sent = request(address, { method, headers: all }, answer => {
      const parts: Buffer[] = []
      answer.on('data', part => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
