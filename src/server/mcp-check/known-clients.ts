import type { Registration } from './issuer-checks.ts'

/* What the well-known clients demand, as data. A step that is not listed matters as it is graded. */

export type KnownClient = {
  name: string
  /** In the order in which the client tries them. */
  registers: readonly Registration[]
  /** Steps that this client does not need. */
  ignores?: readonly string[]
  /** Reads metadata documents of clients only if the ways to prove a client list `none`. */
  documentsNeedNone?: true
  /** Where the browser of the person is sent back to, for a client that is registered by hand. */
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
