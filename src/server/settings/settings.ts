import { type CredentialFamily, DIALECT_NAMES } from '../../model/credentials/verdict.ts'
import { DAY, SECOND } from '../../model/span.ts'
import { endingList, showSunsets } from '../tasks/sunsets.ts'
import { databaseUrl, listenHost, networkList, outboundList, publicUrl } from './addresses.ts'
import { CLIENT_SETTINGS } from './client-settings.ts'
import type { Setting } from './setting.ts'
import { bearerToken, color, dialectList, oneOf, parameterName, shortText, text, whole } from './setting-values.ts'

export const SETTINGS = {
  env: {
    env: 'CLAVIGER_ENV',
    parse: oneOf('development', 'production'),
    standard: 'development' as const,
    sentence:
      'In `production`, the server needs an https address (http only on loopback) and a master key, and serves only the older systems that are listed.',
  },
  host: {
    env: 'CLAVIGER_HOST',
    flag: '--host',
    parse: listenHost,
    standard: '127.0.0.1',
    sentence: 'The address that the server listens on.',
  },
  port: {
    env: 'CLAVIGER_PORT',
    flag: '--port',
    parse: whole(0, 65_535),
    standard: 8420,
    sentence: 'The port that the server listens on. With 0, the system chooses a free port, and the server prints it.',
  },
  url: {
    env: 'CLAVIGER_URL',
    flag: '--url',
    parse: publicUrl,
    standard: undefined as string | undefined,
    sentence:
      'The public address of the server, which is also the issuer. Required in production. With a path (`https://example.com/auth`), all addresses of the server are under this path.',
  },
  dataDir: {
    env: 'CLAVIGER_DATA_DIR',
    flag: '--data-dir',
    parse: text,
    standard: './claviger-data',
    sentence: 'The folder of the embedded database and of generated keys.',
  },
  databaseUrl: {
    env: 'CLAVIGER_DATABASE_URL',
    parse: databaseUrl,
    standard: undefined as string | undefined,
    secret: true,
    sentence: '`sqlite:PATH` or `postgres://...`. Without it, `claviger.db` in the data directory.',
  },
  masterKey: {
    env: 'CLAVIGER_MASTER_KEY',
    parse: text,
    standard: undefined as string | undefined,
    secret: true,
    sentence:
      'Encrypts signing keys and other stored secrets. At least 32 characters. In development, the server generates one in the data directory.',
  },
  dialects: {
    env: 'CLAVIGER_DIALECTS',
    parse: dialectList,
    standard: (production: boolean): CredentialFamily[] => (production ? [] : [...DIALECT_NAMES]),
    sentence:
      'The older systems whose interfaces are served: `zocial`, `apikey`, `zebbra`, `tokenapi`, `mastodon`; or `all`, or `none`.',
  },
  logLevel: {
    env: 'CLAVIGER_LOG_LEVEL',
    parse: oneOf('silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'),
    standard: (production: boolean): 'info' | 'warn' => (production ? 'info' : 'warn'),
    sentence: 'The least severe level that the log on stderr contains. `info` has one line for each request.',
  },
  metricsToken: {
    env: 'CLAVIGER_METRICS_TOKEN',
    parse: bearerToken(16),
    standard: undefined as string | undefined,
    secret: true,
    sentence: 'The bearer token for `GET /metrics`. Without it, only this machine can read the metrics.',
  },
  drainSeconds: {
    env: 'CLAVIGER_DRAIN_SECONDS',
    parse: whole(0, 600),
    standard: (production: boolean): number => (production ? 5 : 0),
    sentence: 'How long a stopping server reports that it is not ready before it stops accepting requests.',
  },
  workers: {
    env: 'CLAVIGER_WORKERS',
    flag: '--workers',
    parse: whole(1, 64),
    standard: 1,
    sentence: 'The number of processes that share the port.',
  },
  registration: {
    env: 'CLAVIGER_REGISTRATION',
    parse: oneOf('open', 'invite', 'closed'),
    standard: (production: boolean): 'open' | 'invite' | 'closed' => (production ? 'closed' : 'open'),
    sentence:
      'Who may create an account: everyone (`open`), only people with an invitation (`invite`), or only staff (`closed`).',
  },
  ...CLIENT_SETTINGS,
  staffSecondFactor: {
    env: 'CLAVIGER_STAFF_SECOND_FACTOR',
    parse: oneOf('required', 'optional'),
    standard: 'optional' as const,
    sentence:
      'Whether everyone whose role can open the console must sign in with a second factor. With `required`, the next sign-in sets one up, and sessions without one end.',
  },
  brandName: {
    env: 'CLAVIGER_BRAND_NAME',
    parse: shortText,
    standard: 'Claviger',
    sentence: 'The name of this server on the pages for signing in, accounts and developers.',
  },
  brandColor: {
    env: 'CLAVIGER_BRAND_COLOR',
    parse: color,
    standard: '#14705a',
    sentence: 'The colour of buttons and links on these pages. The server derives shades with enough contrast from it.',
  },
  limits: {
    env: 'CLAVIGER_LIMITS',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence: '`off` removes the limits on repeated requests, for tests and benchmarks. Refused in production.',
  },
  accessTokenSeconds: {
    env: 'CLAVIGER_ACCESS_TOKEN_SECONDS',
    parse: whole(1, 31_536_000),
    standard: 3600,
    sentence: 'How long an OAuth access token is valid.',
  },
  refreshTokenSeconds: {
    env: 'CLAVIGER_REFRESH_TOKEN_SECONDS',
    parse: whole(1, 315_360_000),
    standard: 2_592_000,
    sentence: 'How long a refresh token is valid. Each rotation starts this time again.',
  },
  refreshReplaySeconds: {
    env: 'CLAVIGER_REFRESH_REPLAY_SECONDS',
    parse: whole(0, 60),
    standard: 10,
    sentence:
      'How long a repeated refresh request gets the same new tokens again, if the new refresh token is still unused. With 0, every repeated request counts as reuse and ends all refresh tokens of the grant.',
  },
  journalIssues: {
    env: 'CLAVIGER_JOURNAL_ISSUES',
    parse: oneOf('gathered', 'each'),
    standard: 'gathered' as const,
    sentence:
      'How the journal records the tokens that clients request for themselves. `gathered`: one entry for each client and minute, with the number of tokens, the networks, and the first and last request. `each`: one entry for each token, written before the token is sent; this costs one write for each token.',
  },
  codeSeconds: {
    env: 'CLAVIGER_CODE_SECONDS',
    parse: whole(1, 600),
    standard: 60,
    sentence: 'How long an authorization code is valid. Codes of Mastodon clients are valid for 600 seconds.',
  },
  scopes: {
    env: 'CLAVIGER_SCOPES',
    parse: oneOf('declared', 'free'),
    standard: 'declared' as const,
    sentence:
      'The scopes that credentials, applications, users and gates may have. `declared`: only scopes that an API declares (every scope, as long as no API declares any). `free`: every scope.',
  },
  openid: {
    env: 'CLAVIGER_OPENID',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence: 'Whether OpenID Connect is served: id tokens, userinfo and the discovery document.',
  },
  idTokenSeconds: {
    env: 'CLAVIGER_ID_TOKEN_SECONDS',
    parse: whole(60, DAY / SECOND),
    standard: 3600,
    sentence: 'How long an id token is valid.',
  },
  passwordMinLength: {
    env: 'CLAVIGER_PASSWORD_MIN_LENGTH',
    parse: whole(1, 128),
    standard: (production: boolean): number => (production ? 12 : 6),
    sentence: 'The smallest number of characters in a new password.',
  },
  zebbraTokenMinutes: {
    env: 'CLAVIGER_ZEBBRA_TOKEN_MINUTES',
    parse: whole(1, 525_600),
    standard: 30,
    sentence: 'How long a user token of Zebbra is valid.',
  },
  tokenapiTimeoutDays: {
    env: 'CLAVIGER_TOKENAPI_TIMEOUT_DAYS',
    aliases: ['TOKEN_TIMEOUT_DAYS'],
    parse: whole(0, 36_500),
    standard: 7,
    sentence: 'How many days after the day of its issue a token pair (`user:token`) is valid.',
  },
  djangoSecretKey: {
    env: 'CLAVIGER_TOKENAPI_DJANGO_SECRET_KEY',
    parse: text,
    standard: undefined as string | undefined,
    secret: true,
    sentence:
      'The `SECRET_KEY` of the Django site from which users were imported. While it is set, tokens that this site derived are accepted.',
  },
  dialectSunset: {
    env: 'CLAVIGER_DIALECT_SUNSET',
    parse: endingList,
    show: showSunsets,
    standard: {} as ReturnType<typeof endingList>,
    sentence:
      'Announces when an older system ends, in the headers `Deprecation` and `Sunset` of its responses. For example `tokenapi=2027-06-30`, or with the day of the deprecation `zebbra=2026-12-01/2027-06-30`; several are separated by commas.',
  },
  trustProxy: {
    env: 'CLAVIGER_TRUST_PROXY',
    parse: networkList,
    standard: [] as string[],
    sentence:
      'Networks (CIDR, separated by commas) of the proxies in front of the server. Their headers tell the address of the caller (`X-Forwarded-For`, `Forwarded` of RFC 7239, else `X-Real-IP`), and only they may call `/forward-auth`. If `Forwarded` and `X-Forwarded-For` differ, the address is unknown. Without proxies, these headers are ignored, and only this machine may call `/forward-auth`.',
  },
  outboundAllow: {
    env: 'CLAVIGER_OUTBOUND_ALLOW',
    parse: outboundList,
    standard: [] as string[],
    sentence:
      'Hosts, `host:port` or networks (CIDR), separated by commas, outside the public internet to which the server may send requests (for keys of clients, metadata documents and notices). In production, this applies only to addresses that staff entered.',
  },
  apiKeyInQuery: {
    env: 'CLAVIGER_API_KEY_IN_QUERY',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence:
      'Whether an API key in the query of an address is accepted, if the older system `apikey` is served. Such a key is never logged.',
  },
  apiKeyParameter: {
    env: 'CLAVIGER_API_KEY_PARAMETER',
    parse: parameterName,
    standard: 'api_key',
    sentence: 'The name of the query parameter that contains an API key.',
  },
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof SETTINGS
export type Settings = {
  -readonly [K in SettingName]:
    | ReturnType<(typeof SETTINGS)[K]['parse']>
    | Undefinable<(typeof SETTINGS)[K]['standard']>
}
type Undefinable<T> = undefined extends T ? undefined : never
