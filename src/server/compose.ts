import { resolve } from 'node:path'
import { adoptDerivedPair } from '../core/check/adopt-derived-pair.ts'
import { findSigned } from '../core/check/find-signed.ts'
import { findStated } from '../core/check/find-stated.ts'
import { findStored } from '../core/check/find-stored.ts'
import type { Finder } from '../core/check/finder.ts'
import { openClientFiles } from '../core/openid/client-files.ts'
import { openCachedLookups } from '../core/services/cached-lookups.ts'
import { openClientKeySets } from '../core/services/client-key-sets.ts'
import { openClientLogos } from '../core/services/client-logos.ts'
import { openDevicePolls } from '../core/services/device-polls.ts'
import { openDocumentReader } from '../core/services/document-reader.ts'
import { openEndedStatements } from '../core/services/ended-statements.ts'
import { openHealth } from '../core/services/health.ts'
import { openFeeds } from '../core/services/open-feeds.ts'
import { openRecorder } from '../core/services/recorder.ts'
import { loadSigningKeys } from '../core/services/signing-keys/load-signing-keys.ts'
import { openStatementKeys } from '../core/services/statement-keys.ts'
import { openThrottle } from '../core/services/throttle.ts'
import { openWarnings } from '../core/services/warnings.ts'
import type { Rules, World } from '../core/world.ts'
import { openPasswords } from '../crypto/passwords.ts'
import { openSigner } from '../crypto/signer.ts'
import { DAY, SECOND } from '../model/span.ts'
import type { Engine } from '../store/engine.ts'
import { isEmpty, migrate } from '../store/migrate.ts'
import { openPostgres } from '../store/postgres.ts'
import { openSqlite } from '../store/sqlite.ts'
import { openStores } from '../store/stores.ts'
import { dialectsFor, switchedOn } from './dialects.ts'
import { readOutboundAllow } from './outbound/allowed-address.ts'
import { openFetcher } from './outbound/fetcher.ts'
import { originOf } from './settings/addresses.ts'
import { type Config, settingFacts } from './settings/config.ts'
import { emptyDatabase } from './settings/find-installation.ts'
import { DATABASE_FILE, openCheckedVault, prepareDataDir, refuseLostDatabase } from './settings/master-key.ts'
import { readVersion } from './settings/version.ts'

/** Builds the world of one process: the only place where storage is connected to the core. */
export async function compose(
  config: Config,
  { warn = () => {}, onNone = 'make', role = 'server' }: Opening = {},
): Promise<Installation> {
  const began = performance.now()
  const engine = await openEngine(config)
  try {
    if (onNone === 'refuse' && (await isEmpty(engine))) throw emptyDatabase()
    const migrated = await migrate(engine)
    const stores = openStores(engine)
    const vault = await openCheckedVault(config, stores, onNone)
    const warnings = openWarnings(warn)
    const lookups = openCachedLookups(stores, { warnings })
    await lookups.follow()
    engine.onRevocation = lookups.follow
    const signer = openSigner(() => world.now())
    const allow = readOutboundAllow(config.outboundAllow)
    const fetcher = openFetcher({ allow, ...(!config.production && { namedByClients: allow }) })
    const rules = rulesOf(config)
    // Tokens name their issuer. A command without a configured URL uses the issuer that the running server has stored.
    if (role === 'command' && !config.url) rules.issuer = (await stores.settings.get(LISTENING_ISSUER)) ?? rules.issuer
    const now = Date.now
    const world: World = {
      ...stores,
      now,
      vault,
      statements: openStatementKeys({ ...stores, vault, now, rules }),
      ended: openEndedStatements(stores, lookups),
      passwords: openPasswords({ foreign: stores.users.foreignPasswords }),
      signer,
      finders: [],
      lookups,
      recorder: openRecorder(stores),
      feeds: openFeeds(),
      clientKeys: openClientKeySets(fetcher, () => performance.now()),
      clientFiles: openClientFiles(fetcher),
      clientLogos: openClientLogos(fetcher, () => performance.now()),
      documentReader: openDocumentReader(fetcher),
      fetcher,
      devicePolls: openDevicePolls(() => performance.now()),
      throttle: openThrottle(() => performance.now(), config.limits === 'on', stores.attempts),
      warnings,
      health: openHealth({ ...stores, signer }),
      rules,
      installation: {
        database: engine.name,
        startedAt: Date.now(),
        runningFor: () => performance.now() - began,
        settings: settingFacts(config),
      },
    }
    world.finders = findersFor(world, config)
    await Promise.all([world.statements.load(), world.ended.load()])
    const keys = await loadSigningKeys(world)
    lookups.onRevocation(({ subject }) => {
      if (subject === 'everything') world.statements.forget()
      if (subject !== 'signing-key' && subject !== 'everything') return
      void loadSigningKeys(world).catch(() => {})
      void world.statements.load().catch(() => {})
    })
    return { world, engine, migrated, keys, close: () => close(world, engine, fetcher) }
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** The setting row that holds the address of the last server that listened without a configured URL. */
export const LISTENING_ISSUER = 'listening-issuer'

/** `warn` receives sentences for the operator; `onNone` says whether a missing installation is made or refused. */
type Opening = { warn?: (sentence: string) => void; onNone?: 'make' | 'refuse'; role?: 'server' | 'command' }

/**
 * The check asks the finders in this order. Only the last one writes: it stores the pair of an imported user at its first use.
 */
const findersFor = (world: World, { djangoSecretKey }: Config): readonly Finder[] => [
  findStated(world),
  findSigned(world),
  findStored(world),
  ...(djangoSecretKey === undefined ? [] : [adoptDerivedPair(world, djangoSecretKey)]),
]

export type Installation = {
  world: World
  engine: Engine
  migrated: string[]
  keys: 'made' | 'loaded'
  close(): Promise<void>
}

async function close(world: World, engine: Engine, fetcher: { close(): Promise<void> }): Promise<void> {
  try {
    await world.recorder.flush()
  } finally {
    await Promise.all([engine.close(), fetcher.close()])
  }
}

export async function openEngine(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Engine> {
  if (config.databaseUrl && !config.databaseUrl.startsWith('sqlite:')) return openPostgres(config.databaseUrl)
  if (!config.databaseUrl) refuseLostDatabase(config)
  const path = config.databaseUrl?.slice('sqlite:'.length) ?? resolve(prepareDataDir(config), DATABASE_FILE)
  return openSqlite(path)
}

/**
 * Paths at which clients authenticate. A client assertion may name one of them as its audience, unless `assertionAudience` is
 * `issuer` (RFC 7523 section 3).
 */
const CLIENT_ENDPOINTS = [
  '/oauth2/token',
  '/oauth2/par',
  '/oauth2/device_authorization',
  '/oauth2/revoke',
  '/oauth2/introspect',
]

/** The issuer depends on the configuration alone; `listen` adds the port if the operating system chose it. */
export function rulesOf(config: Config): Rules {
  return {
    issuer: config.url ?? originOf(config.host, config.port),
    assertionPaths: config.assertionAudience === 'issuer' ? [''] : ['', ...CLIENT_ENDPOINTS],
    version: readVersion(),
    production: config.production,
    registration: config.registration,
    clientRegistration: config.clientRegistration,
    deviceClients: config.deviceClients,
    staffSecondFactor: config.staffSecondFactor,
    passwordMinLength: config.passwordMinLength,
    policy: {
      accessTokenSeconds: config.accessTokenSeconds,
      refreshTokenSeconds: config.refreshTokenSeconds,
      codeSeconds: config.codeSeconds,
      pkce: 'required',
      outOfBand: 'refused',
      httpRedirects: 'loopback',
      pushedRequests: 'optional',
      consent: 'remember',
      defaultScopes: 'registered',
      allowedScopes: 'registered',
    },
    confidentialPkce: config.confidentialPkce,
    pushedRequests: config.requirePar === 'on' ? 'required' : 'optional',
    clientDocuments: { from: config.clientDocuments, hosts: config.clientDocumentHosts },
    refreshReplayMilliseconds: config.refreshReplaySeconds * SECOND,
    journalIssues: config.journalIssues,
    openid: config.openid === 'on',
    idTokenSeconds: config.idTokenSeconds,
    sessionSeconds: (14 * DAY) / SECOND,
    brand: { name: config.brandName, color: config.brandColor },
    userTokenSeconds: config.zebbraTokenMinutes * 60,
    pairDays: config.tokenapiTimeoutDays,
    dialects: config.dialects,
    sunsets: config.dialectSunset,
    trustedProxies: config.trustProxy,
    scopes: config.scopes,
    knownScopes: dialectsFor(switchedOn(config)).flatMap(({ scopes }) => scopes ?? []),
    ...(config.apiKeyInQuery === 'on' && { apiKeyParameter: config.apiKeyParameter }),
    limits: config.limits === 'on',
  }
}
