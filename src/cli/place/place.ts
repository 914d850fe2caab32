import { readFileSync } from 'node:fs'
import { missing } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { publicUrl } from '../../server/settings/addresses.ts'
import { ConfigProblem } from '../../server/settings/config.ts'
import { type Options, usage } from '../program/options.ts'
import { type Contexts, readContexts } from '../remote/contexts.ts'
import type { Server } from '../remote/manage-at.ts'
import { serverOf, serverWith } from '../remote/tokens.ts'

/*
 * Chooses the installation on this machine or a server. The order is: options, environment, an installation in this
 * folder, the current context.
 */

export type Place = { is: 'here'; note?: string } | { is: 'server'; url: string; context?: string; open(): Server }

/** Only operators of a server set these variables, so they select the installation. */
const OF_INSTALLATION = ['CLAVIGER_DATA_DIR', 'CLAVIGER_DATABASE_URL', 'CLAVIGER_MASTER_KEY'].flatMap(name => [
  name,
  `${name}_FILE`,
])

export function placeOf(options: Options, isInstallationHere: () => boolean, environment = process.env): Place {
  const [url, context] = [readUrl(options), options.one('context')]
  const here = options.said('local') || options.one('dataDir') !== undefined
  const [first, second] = [here && '--local or --data-dir', url && '--url', context && '--context'].filter(Boolean)
  if (second) throw usage(String(second).slice(2), `names another place than ${first}; give one of them`)
  if (here) return { is: 'here' }
  if (context !== undefined) return inContext(context, readContexts())
  const token = readToken(environment)
  if (url !== undefined) return token === undefined ? signedInAt(url, readContexts()) : givenToken(url, token)
  if (OF_INSTALLATION.some(name => environment[name])) return { is: 'here' }
  const named = environment['CLAVIGER_URL']
  if (named && token !== undefined) return givenToken(parsed('CLAVIGER_URL', named), token)
  const contexts = readContexts()
  if (contexts.current === undefined) return { is: 'here' }
  if (!isInstallationHere()) return inContext(contexts.current, contexts)
  return {
    is: 'here',
    note: `Uses the installation in this folder, not the context ${contexts.current} (--context ${contexts.current}).`,
  }
}

export const readUrl = (options: Options): string | undefined => {
  const url = options.one('url')
  return url === undefined ? undefined : parsed('--url', url)
}

function parsed(name: string, url: string): string {
  try {
    return publicUrl(url)
  } catch (error) {
    const problem = `${name} ${(error as Error).message}`
    throw new Refusal('parameter-invalid', problem, { parameter: name, sentence: `${problem}.` })
  }
}

export function readToken(environment: NodeJS.ProcessEnv): string | undefined {
  const { CLAVIGER_TOKEN: token, CLAVIGER_TOKEN_FILE: file } = environment
  if (token || !file) return token?.trim() || undefined
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigProblem([`CLAVIGER_TOKEN_FILE names ${file}, which cannot be read (${code}).`])
  }
}

const givenToken = (url: string, token: string): Place => ({ is: 'server', url, open: () => serverWith(url, token) })

function inContext(name: string, { contexts }: Contexts): Place {
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined
  if (!context) throw missing('context', name)
  return { is: 'server', url: context.url, context: name, open: () => serverOf(name, context) }
}

function signedInAt(url: string, known: Contexts): Place {
  const { current = '', contexts } = known
  const fitting = Object.keys(contexts).filter(name => contexts[name]?.url === url)
  const name = fitting.includes(current) ? current : fitting[0]
  if (name !== undefined) return inContext(name, known)
  throw new Refusal('credential-missing', `no sign-in at ${url}`, {
    sentence: `You are not signed in at ${url}. Sign in with: claviger login --url ${url} (or set CLAVIGER_TOKEN).`,
  })
}
