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
    sentence: '`production` refuses an http issuer off loopback, a missing master key and unlisted dialects.',
  },
  host: {
    env: 'CLAVIGER_HOST',
    flag: '--host',
    parse: listenHost,
    standard: '127.0.0.1',
    sentence: 'The address to listen on.',
  },
  port: {
    env: 'CLAVIGER_PORT',
    flag: '--port',
    parse: whole(0, 65_535),
    standard: 8420,
    sentence: 'The port to listen on; 0 takes a free one and prints it.',
  },
  url: {
    env: 'CLAVIGER_URL',
    flag: '--url',
    parse: publicUrl,
    standard: undefined as string | undefined,
    sentence:
      'The public address, which is the issuer; required in production. With a path (`https://example.com/auth`) the whole server lives under it.',
  },
  dataDir: {
    env: 'CLAVIGER_DATA_DIR',
    flag: '--data-dir',
    parse: text,
    standard: './claviger-data',
    sentence: 'Where the embedded database and generated keys live.',
  },
  databaseUrl: {
    env: 'CLAVIGER_DATABASE_URL',
    parse: databaseUrl,
    standard: undefined as string | undefined,
    secret: true,
    sentence: '`sqlite:PATH` (default: claviger.db in the data directory) or `postgres://...`.',
  },
  masterKey: {
    env: 'CLAVIGER_MASTER_KEY',
    parse: text,
    standard: undefined as string | undefined,
    secret: true,
    sentence:
      'Seals signing keys and other stored secrets; at least 32 characters. Generated in the data directory in development.',
  },
  dialects: {
    env: 'CLAVIGER_DIALECTS',
    parse: dialectList,
    standard: (production: boolean): CredentialFamily[] => (production ? [] : [...DIALECT_NAMES]),
    sentence: 'Which of the older systems are served: zocial, apikey, zebbra, tokenapi, mastodon; `all` or `none`.',
  },
  logLevel: {
    env: 'CLAVIGER_LOG_LEVEL',
    parse: oneOf('silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'),
    standard: (production: boolean): 'info' | 'warn' => (production ? 'info' : 'warn'),
    sentence: 'What the log on stderr holds; `info` has one line for each request.',
  },
  metricsToken: {
    env: 'CLAVIGER_METRICS_TOKEN',
    parse: bearerToken(16),
    standard: undefined as string | undefined,
    secret: true,
    sentence: 'The bearer token for `GET /metrics`; without it only this machine may read them.',
  },
  drainSeconds: {
    env: 'CLAVIGER_DRAIN_SECONDS',
    parse: whole(0, 600),
    standard: (production: boolean): number => (production ? 5 : 0),
    sentence: 'How long a stopping server says "not ready" before it stops taking requests.',
  },
  workers: {
    env: 'CLAVIGER_WORKERS',
    flag: '--workers',
    parse: whole(1, 64),
    standard: 1,
    sentence: 'Processes that share the port.',
  },
  registration: {
    env: 'CLAVIGER_REGISTRATION',
    parse: oneOf('open', 'invite', 'closed'),
    standard: (production: boolean): 'open' | 'invite' | 'closed' => (production ? 'closed' : 'open'),
    sentence: 'Who may make an account.',
  },
  ...CLIENT_SETTINGS,
  staffSecondFactor: {
    env: 'CLAVIGER_STAFF_SECOND_FACTOR',
    parse: oneOf('required', 'optional'),
    standard: 'optional' as const,
    sentence:
      'Whether those with a role that sees the console must sign in with a second factor. `required`: a sign-in leads through setting one up, and sessions without one end.',
  },
  brandName: {
    env: 'CLAVIGER_BRAND_NAME',
    parse: shortText,
    standard: 'Claviger',
    sentence: 'What the pages for people call this server.',
  },
  brandColor: {
    env: 'CLAVIGER_BRAND_COLOR',
    parse: color,
    standard: '#14705a',
    sentence: 'The colour of buttons and links on those pages; shades that can be read are derived from it.',
  },
  limits: {
    env: 'CLAVIGER_LIMITS',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence: '`off` lifts throttles, for tests and benchmarks; refused in production.',
  },
  accessTokenSeconds: {
    env: 'CLAVIGER_ACCESS_TOKEN_SECONDS',
    parse: whole(1, 31_536_000),
    standard: 3600,
    sentence: 'Life of an OAuth access token.',
  },
  refreshTokenSeconds: {
    env: 'CLAVIGER_REFRESH_TOKEN_SECONDS',
    parse: whole(1, 315_360_000),
    standard: 2_592_000,
    sentence: 'Life of a refresh token; each rotation starts anew.',
  },
  refreshReplaySeconds: {
    env: 'CLAVIGER_REFRESH_REPLAY_SECONDS',
    parse: whole(0, 60),
    standard: 10,
    sentence:
      'How long a repeated refresh gets the same pair again, unless that was refreshed in turn; 0: every repeat is reuse and ends the family.',
  },
  journalIssues: {
    env: 'CLAVIGER_JOURNAL_ISSUES',
    parse: oneOf('gathered', 'each'),
    standard: 'gathered' as const,
    sentence:
      'How the journal enters tokens that clients get for themselves: `gathered`, by client and minute with their number, networks, first and last request; or `each`, written before the token is answered, which costs a write for every token.',
  },
  codeSeconds: {
    env: 'CLAVIGER_CODE_SECONDS',
    parse: whole(1, 600),
    standard: 60,
    sentence: 'Life of an authorization code (Mastodon clients: 600).',
  },
  scopes: {
    env: 'CLAVIGER_SCOPES',
    parse: oneOf('declared', 'free'),
    standard: 'declared' as const,
    sentence:
      'Which scopes credentials, applications, users and gates may be given: those that an API declares (any, until the first API does), or `free`: any.',
  },
  openid: {
    env: 'CLAVIGER_OPENID',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence: 'Whether OpenID Connect is served: id tokens, userinfo and its discovery document.',
  },
  idTokenSeconds: {
    env: 'CLAVIGER_ID_TOKEN_SECONDS',
    parse: whole(60, DAY / SECOND),
    standard: 3600,
    sentence: 'Life of an id token.',
  },
  passwordMinLength: {
    env: 'CLAVIGER_PASSWORD_MIN_LENGTH',
    parse: whole(1, 128),
    standard: (production: boolean): number => (production ? 12 : 6),
    sentence: 'The least number of characters of a new password.',
  },
  zebbraTokenMinutes: {
    env: 'CLAVIGER_ZEBBRA_TOKEN_MINUTES',
    parse: whole(1, 525_600),
    standard: 30,
    sentence: 'Life of a Zebbra user token.',
  },
  tokenapiTimeoutDays: {
    env: 'CLAVIGER_TOKENAPI_TIMEOUT_DAYS',
    aliases: ['TOKEN_TIMEOUT_DAYS'],
    parse: whole(0, 36_500),
    standard: 7,
    sentence: 'Days a user/token pair is valid after the day of its issue.',
  },
  djangoSecretKey: {
    env: 'CLAVIGER_TOKENAPI_DJANGO_SECRET_KEY',
    parse: text,
    standard: undefined as string | undefined,
    secret: true,
    sentence:
      'SECRET_KEY of the Django site users were imported from; tokens it derived keep working while this is set.',
  },
  dialectSunset: {
    env: 'CLAVIGER_DIALECT_SUNSET',
    parse: endingList,
    show: showSunsets,
    standard: {} as ReturnType<typeof endingList>,
    sentence:
      'Announces the end of older systems in the headers of their answers (`Deprecation`, `Sunset`): `tokenapi=2027-06-30`, or with the day it was deprecated `zebbra=2026-12-01/2027-06-30`; several separated by commas.',
  },
  trustProxy: {
    env: 'CLAVIGER_TRUST_PROXY',
    parse: networkList,
    standard: [] as string[],
    sentence:
      "Networks (CIDR, separated by commas) of the proxies in front: what they say about the caller's address (`X-Forwarded-For`, `Forwarded` of RFC 7239, else `X-Real-IP`) is believed, and they alone may ask `/forward-auth`. Where `Forwarded` and `X-Forwarded-For` differ, the address is unknown. Empty: no header is believed, and only this machine may ask.",
  },
  outboundAllow: {
    env: 'CLAVIGER_OUTBOUND_ALLOW',
    parse: outboundList,
    standard: [] as string[],
    sentence:
      'Hosts, `host:port` or networks (CIDR), separated by commas, that our own requests (keys of clients, documents, notices) may reach although they are not of the public internet. In production only for addresses that staff entered.',
  },
  apiKeyInQuery: {
    env: 'CLAVIGER_API_KEY_IN_QUERY',
    parse: oneOf('on', 'off'),
    standard: 'on' as const,
    sentence: 'Whether an API key may stand in the address, where the dialect `apikey` is served; it is never logged.',
  },
  apiKeyParameter: {
    env: 'CLAVIGER_API_KEY_PARAMETER',
    parse: parameterName,
    standard: 'api_key',
    sentence: 'The query parameter in which an API key may stand.',
  },
} as const satisfies Record<string, Setting<unknown>>

export type SettingName = keyof typeof SETTINGS
export type Settings = {
  -readonly [K in SettingName]:
    | ReturnType<(typeof SETTINGS)[K]['parse']>
    | Undefinable<(typeof SETTINGS)[K]['standard']>
}
type Undefinable<T> = undefined extends T ? undefined : never
