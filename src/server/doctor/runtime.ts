import { isEveryAddress, originOf } from '../settings/addresses.ts'
import type { Config } from '../settings/config.ts'
import { type Finding, not, ok } from './finding.ts'

/** The last day of security fixes of each Node.js line (nodejs.org/en/about/previous-releases). */
const END_OF_LIFE: Readonly<Record<number, string>> = { 24: '2028-04-30', 25: '2026-06-01', 26: '2029-04-30' }

export function examineRuntime(today = new Date()): Finding[] {
  const line = Number(process.versions.node.split('.')[0])
  const end = END_OF_LIFE[line]
  const ended = end !== undefined && today > new Date(end)
  return [
    ended
      ? not(
          'warn',
          'runtime',
          'Node.js',
          `${process.version}, without security fixes since ${end}`,
          'Install a newer Node.js.',
        )
      : ok('runtime', 'Node.js', `${process.version}${end ? `, with security fixes until ${end}` : ''}`),
    ok(
      'runtime',
      'platform',
      `${process.platform} ${process.arch}, SQLite ${process.versions.sqlite}, OpenSSL ${process.versions.openssl}`,
    ),
  ]
}

export function examineConfiguration(config: Config): Finding[] {
  const loopback = /^(127\.|localhost$|::1$)/.test(config.host)
  return [
    config.production || loopback
      ? ok('configuration', 'environment', config.env)
      : not(
          'warn',
          'configuration',
          'environment',
          `development, but listening on ${config.host}`,
          'Set CLAVIGER_ENV=production before others can reach it.',
        ),
    config.url !== undefined || !isEveryAddress(config.host)
      ? ok('configuration', 'issuer', config.url ?? originOf(config.host, config.port))
      : not(
          'warn',
          'configuration',
          'issuer',
          `${originOf(config.host, config.port)}, which leads other machines to themselves`,
          'Set CLAVIGER_URL to the address that clients use.',
        ),
    config.limits === 'on'
      ? ok('configuration', 'limits', 'on')
      : not(
          'warn',
          'configuration',
          'limits',
          'off: passwords can be guessed without delay',
          'Remove CLAVIGER_LIMITS=off.',
        ),
    config.masterKey === undefined || new Set(config.masterKey).size > 10
      ? ok(
          'configuration',
          'master key',
          config.masterKey === undefined ? 'from the data directory' : 'from the environment',
        )
      : not(
          'fail',
          'configuration',
          'master key',
          'made of very few different characters',
          'Make a new one before you have data: openssl rand -base64 48',
        ),
  ]
}
