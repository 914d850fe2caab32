import type { Registration } from './issuer-checks.ts'

/* The requirements of well-known clients, as data. A failed step stops a client unless `ignores` lists the step. */

export type KnownClient = {
  name: string
  /** The ways to get a client id, in the order in which the client tries them. */
  registers: readonly Registration[]
  /** Steps that this client does not need. */
  ignores?: readonly string[]
  /** The client uses its metadata document only if the server accepts clients without authentication (`none`). */
  documentsNeedNone?: true
  /** The redirect addresses to register by hand. */
  redirectUris: readonly string[]
}

export const KNOWN_CLIENTS: readonly KnownClient[] = [
  {
    name: 'Claude',
    registers: ['document', 'dynamic', 'pre-registered'],
    documentsNeedNone: true,
    ignores: ['programs in browsers'],
    redirectUris: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
  },
  {
    name: 'ChatGPT',
    registers: ['document', 'dynamic', 'pre-registered'],
    documentsNeedNone: true,
    ignores: ['programs in browsers'],
    redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
  },
  {
    name: 'VS Code',
    registers: ['document', 'dynamic', 'pre-registered'],
    ignores: ['issuer in the answer'],
    redirectUris: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect'],
  },
]
