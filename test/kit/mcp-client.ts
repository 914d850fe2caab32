/*
 * The official client of MCP as a program of its own, in one of its majors: a process, because its packages offer their sources
 * under the condition with which our tests run. It speaks through messages: one `Order` in, one `Report` out.
 */

/** What an application keeps between its starts. */
export type Memory = {
  metadata: { client_name: string; redirect_uris: string[]; [member: string]: unknown }
  /** Where the document of the client is, for servers that read such documents. */
  documentUrl?: string
  client?: { client_id: string; client_secret?: string; [member: string]: unknown }
  tokens?: { access_token: string; refresh_token?: string; scope?: string; token_type: string }
  verifier?: string
  discovery?: unknown
  /** Where people were sent, the last at the end. */
  sentTo: string[]
  /** What the client was told to forget. */
  forgotten: string[]
}
/** A program without a person: it proves itself with a secret, or with a key of its own (PEM, PKCS 8). */
export type Machine = { clientId: string; secret?: string; key?: string; scope?: string }

export type Order = { major: 1 | 2 } & (
  | { do: 'connect'; url: string; kept: Memory }
  | { do: 'connect as machine'; url: string; machine: Machine }
  | { do: 'finish'; url: string; kept: Memory; answer: string }
  | { do: 'call'; tool: string; parameters: Record<string, unknown> }
  | { do: 'close' }
)
export type Report = { said?: string; failed?: { name: string; message: string }; kept?: Memory }

type Client = {
  connect(transport: object): Promise<void>
  callTool(ask: object): Promise<{ content?: { text?: string }[]; isError?: boolean }>
  close(): Promise<void>
}
type Transport = { finishAuth(answer: unknown): Promise<void> }
type Parts = {
  Client: new (about: object) => Client
  StreamableHTTPClientTransport: new (url: URL, options: object) => Transport
  ClientCredentialsProvider: new (options: object) => object
  PrivateKeyJwtProvider: new (options: object) => object
}

/** By name, so that the type checker does not follow their sources either. */
const load = (name: string): Promise<Partial<Parts>> => import(name) as Promise<Partial<Parts>>
const PACKAGES = {
  1: ['client/index.js', 'client/streamableHttp.js', 'client/auth-extensions.js'].map(
    path => `@modelcontextprotocol/sdk/${path}`,
  ),
  2: ['@modelcontextprotocol/client'],
}
const partsOf = async (major: 1 | 2): Promise<Parts> =>
  Object.assign({}, ...(await Promise.all(PACKAGES[major].map(load)))) as Parts

const providerOf = (kept: Memory) => ({
  redirectUrl: kept.metadata.redirect_uris[0],
  clientMetadata: kept.metadata,
  ...(kept.documentUrl !== undefined && { clientMetadataUrl: kept.documentUrl }),
  state: () => 'state-of-the-desk',
  clientInformation: () => kept.client,
  saveClientInformation: (client: NonNullable<Memory['client']>) => {
    kept.client = client
  },
  tokens: () => kept.tokens,
  saveTokens: (tokens: NonNullable<Memory['tokens']>) => {
    kept.tokens = tokens
  },
  redirectToAuthorization: (url: URL) => {
    kept.sentTo.push(url.href)
  },
  saveCodeVerifier: (verifier: string) => {
    kept.verifier = verifier
  },
  codeVerifier: () => kept.verifier,
  saveDiscoveryState: (state: unknown) => {
    kept.discovery = state
  },
  discoveryState: () => kept.discovery,
  invalidateCredentials: (what: 'all' | 'client' | 'tokens' | 'verifier' | 'discovery') => {
    kept.forgotten.push(what)
    const all = what === 'all'
    if (all || what === 'client') delete kept.client
    if (all || what === 'tokens') delete kept.tokens
    if (all || what === 'verifier') delete kept.verifier
    if (all || what === 'discovery') delete kept.discovery
  },
})

let client: Client | undefined
let memory: Memory | undefined

async function obey(order: Order): Promise<string | undefined> {
  const parts = await partsOf(order.major)
  const transportTo = (url: string, authProvider: object) =>
    new parts.StreamableHTTPClientTransport(new URL(url), { authProvider })
  switch (order.do) {
    case 'connect':
      memory = order.kept
      client = new parts.Client({ name: 'desk', version: '1.0.0' })
      await client.connect(transportTo(order.url, providerOf(memory)))
      return undefined
    case 'connect as machine': {
      const { clientId, secret: clientSecret, key: privateKey, scope } = order.machine
      const provider =
        privateKey === undefined
          ? new parts.ClientCredentialsProvider({ clientId, clientSecret, scope })
          : new parts.PrivateKeyJwtProvider({ clientId, privateKey, algorithm: 'ES256', scope })
      client = new parts.Client({ name: 'desk', version: '1.0.0' })
      await client.connect(transportTo(order.url, provider))
      return undefined
    }
    case 'finish': {
      memory = order.kept
      const answer = new URLSearchParams(order.answer)
      const transport = transportTo(order.url, providerOf(memory))
      await transport.finishAuth(order.major === 1 ? answer.get('code') : answer)
      return undefined
    }
    case 'call': {
      const { content = [], isError } =
        (await client?.callTool({ name: order.tool, arguments: order.parameters })) ?? {}
      const text = content.map(one => one.text).join('\n')
      if (isError) throw new Error(text)
      return text
    }
    case 'close':
      await client?.close()
      return undefined
  }
}

process.on('message', async (order: Order) => {
  const report: Report = {}
  try {
    const said = await obey(order)
    if (said !== undefined) report.said = said
  } catch (error) {
    const { name, message } = error as Error
    report.failed = { name, message }
  }
  if (memory) report.kept = memory
  process.send?.(report)
})
