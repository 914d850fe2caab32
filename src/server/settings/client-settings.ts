import { documentHosts } from './addresses.ts'
import type { Setting } from './setting.ts'
import { oneOf } from './setting-values.ts'

/** How applications register themselves, and how they authenticate. */
export const CLIENT_SETTINGS = {
  clientRegistration: {
    env: 'CLAVIGER_CLIENT_REGISTRATION',
    parse: oneOf('open', 'token', 'closed'),
    standard: (production: boolean): 'open' | 'token' | 'closed' => (production ? 'closed' : 'open'),
    sentence:
      'Which applications may register themselves (RFC 7591): all, those with an initial access token from `claviger registration-token create`, or none.',
  },
  deviceClients: {
    env: 'CLAVIGER_DEVICE_CLIENTS',
    parse: oneOf('listed', 'all'),
    standard: 'listed' as const,
    sentence:
      'Which self-registered applications may use the device grant: those that an initial access token or staff allowed it, or `all`.',
  },
  confidentialPkce: {
    env: 'CLAVIGER_CONFIDENTIAL_PKCE',
    parse: oneOf('required', 'when-sent'),
    standard: 'required' as const,
    sentence:
      'Whether confidential clients without a setting of their own must use PKCE. `when-sent` is for clients that know none: a stolen code then works in the session of another person.',
  },
  requirePar: {
    env: 'CLAVIGER_REQUIRE_PAR',
    parse: oneOf('on', 'off'),
    standard: 'off' as const,
    sentence: 'Whether every client must push its authorization requests (RFC 9126). One client: its policy.',
  },
  assertionAudience: {
    env: 'CLAVIGER_ASSERTION_AUDIENCE',
    parse: oneOf('compatible', 'issuer'),
    standard: 'compatible' as const,
    sentence:
      'What client assertions may name as their audience: `issuer` is strict; `compatible` also takes the address of the endpoint, as many clients send it.',
  },
  clientDocuments: {
    env: 'CLAVIGER_CLIENT_DOCUMENTS',
    parse: oneOf('open', 'listed', 'closed'),
    standard: (production: boolean): 'open' | 'listed' => (production ? 'listed' : 'open'),
    sentence:
      'Whether an application may name itself by the https address of its metadata document (client ID metadata documents): `open`, `listed` for the hosts of `CLAVIGER_CLIENT_DOCUMENT_HOSTS`, `closed`.',
  },
  clientDocumentHosts: {
    env: 'CLAVIGER_CLIENT_DOCUMENT_HOSTS',
    parse: documentHosts,
    standard: [] as string[],
    sentence:
      'Hosts whose metadata documents are read, separated by commas, with the port where it is not 443; `*.example.com` stands for one label before it.',
  },
} as const satisfies Record<string, Setting<unknown>>
