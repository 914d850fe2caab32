import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on this machine alone; port 0 takes a free one. Resolves to the address. */
export async function listening(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
