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
      'Which applications may register themselves (RFC 7591): all (`open`), those with an initial access token from `claviger registration-token create` (`token`), or none (`closed`).',
  },
  deviceClients: {
    env: 'CLAVIGER_DEVICE_CLIENTS',
    parse: oneOf('listed', 'all'),
    standard: 'listed' as const,
    sentence:
      'Which self-registered applications may use the device grant: `all`, or only those for which staff or their initial access token allow it (`listed`).',
  },
  confidentialPkce: {
    env: 'CLAVIGER_CONFIDENTIAL_PKCE',
    parse: oneOf('required', 'when-sent'),
    standard: 'required' as const,
    sentence:
      'Whether a confidential client must use PKCE, if its own policy does not say it. `when-sent` is for clients that do not support PKCE: an attacker who steals a code of such a client can use it in another session.',
  },
  requirePar: {
    env: 'CLAVIGER_REQUIRE_PAR',
    parse: oneOf('on', 'off'),
    standard: 'off' as const,
    sentence:
      'Whether all clients must push their authorization requests (RFC 9126). To require this of one client, set it in the policy of the client.',
  },
  assertionAudience: {
    env: 'CLAVIGER_ASSERTION_AUDIENCE',
    parse: oneOf('compatible', 'issuer'),
    standard: 'compatible' as const,
    sentence:
      'The audience that client assertions must have. `issuer`: only the issuer. `compatible`: also the address of the endpoint, which many clients send.',
  },
  clientDocuments: {
    env: 'CLAVIGER_CLIENT_DOCUMENTS',
    parse: oneOf('open', 'listed', 'closed'),
    standard: (production: boolean): 'open' | 'listed' => (production ? 'listed' : 'open'),
    sentence:
      'Which applications may use the https address of their metadata document as client id: all (`open`), those on the hosts in `CLAVIGER_CLIENT_DOCUMENT_HOSTS` (`listed`), or none (`closed`).',
  },
  clientDocumentHosts: {
    env: 'CLAVIGER_CLIENT_DOCUMENT_HOSTS',
    parse: documentHosts,
    standard: [] as string[],
    sentence:
      'Hosts from which metadata documents are read, separated by commas, with the port if it is not 443. `*.example.com` allows every host one level below `example.com`.',
  },
} as const satisfies Record<string, Setting<unknown>>
