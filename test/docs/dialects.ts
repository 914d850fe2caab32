import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { showPlace } from '../../src/http/place.ts'
import { DIALECT_NAMES } from '../../src/model/credentials/verdict.ts'
import { dialectsFor } from '../../src/server/dialects.ts'
import type { Dialect } from '../../src/wire/dialect.ts'

const DIALECTS = join(import.meta.dirname, '..', '..', 'src', 'wire', 'dialects')
/** Sections of a dialect's own page that tell how it differs from the original. */
const SECTIONS = ['Adjusted', 'Not replayed']

/** docs/dialects.md: the addresses of the older systems, and where one is not followed to the letter. */
export function dialectsPage(): string {
  const all = dialectsFor(DIALECT_NAMES).filter(({ switchedBy }) => switchedBy !== undefined)
  const differences = DIALECT_NAMES.flatMap(name => {
    const own = SECTIONS.map(title => [title, sectionOf(name, title)] as const).filter(([, text]) => text !== '')
    return own.map(([title, text]) => `### ${name}: ${title.toLowerCase()}\n\n${text}\n`)
  })
  return `# Dialects

The addresses of the older systems. \`npm run docs\` makes this page from the tables of routes. A dialect answers only if \`CLAVIGER_DIALECTS\` lists it. "Caller" is
the authentication that an address needs. "Any origin" marks addresses that browsers of other sites may call, always without cookies. OAuth, the management
API and the pages are always on; \`/docs\` and \`/openapi.json\` of the server describe them. \`zocial\` and \`apikey\` have no addresses of their own: guards accept
their credentials, with the profiles of those names ([guard](guard.md)).

${all.map(tableOf).join('\n')}
## Differences from the originals

An id names one behaviour of an original, which was measured, read in its source, or is asserted by its own tests. \`ZO\` is Zocial, \`GE\` the generic guide,
\`ZB\` Zebbra, \`TA\` django-tokenapi, \`GT\` GoToSocial, \`MA\` Mastodon, \`DK\` Doorkeeper, which Mastodon uses. Tests replay every behaviour
that is not listed here; the title of a test contains the id.

${differences.join('\n')}`
}

const tableOf = ({ name, routes }: Dialect): string => `## ${name}

| address | caller | any origin |
| --- | --- | --- |
${routes.map(({ at, caller, cors }) => `| \`${showPlace(at)}\` | ${caller || 'nobody'} | ${cors ? 'yes' : ''} |`).join('\n')}
`

/** The text below one heading of the README of a dialect's folder; empty where there is none. */
export function sectionOf(dialect: string, title: string): string {
  const path = join(DIALECTS, dialect, 'README.md')
  if (!existsSync(path)) return ''
  const [, text = ''] = readFileSync(path, 'utf8').split(`\n## ${title}\n`)
  return (text.split(/\n## /)[0] ?? '').trim()
}
