import { freePort } from './free-port.ts'
import { type TestServer, testServer } from './server.ts'

/** A server that has a part of its host: its address, which is its issuer, ends with `path`. */
export async function serverBelow(path: string, settings: Record<string, string> = {}): Promise<TestServer> {
  const port = String(await freePort())
  return testServer({ CLAVIGER_PORT: port, CLAVIGER_URL: `http://127.0.0.1:${port}${path}`, ...settings })
}

/** The addresses of a page that begin with a slash. */
export const linksIn = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action|formaction)="(\/[^"]*)"/g)].map(([, link]) => link as string)
