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

The older systems, each a table of rows that \`npm run docs\` makes into this page. A dialect answers only where \`CLAVIGER_DIALECTS\` names
it. "Caller" says who must prove themselves; "any origin" where browsers of other sites may call, always without cookies. Standard OAuth, the
management API and the pages are always on; \`/docs\` on the server and \`/openapi.json\` describe them. \`zocial\` and \`apikey\` have no address of
their own: their credentials open what a guard protects, under the profiles of those names ([guard](guard.md)).

${all.map(tableOf).join('\n')}
## Where an original is not followed to the letter

An id names one behaviour of an original: measured on it, read in its source or asserted by its own tests. \`ZO\` is Zocial, \`GE\` the generic guide,
\`ZB\` Zebbra, \`TA\` django-tokenapi, \`GT\` GoToSocial, \`MA\` Mastodon, \`DK\` the doorkeeper below Mastodon. All that is not listed here is replayed
by a test that has the id in its title: search \`test/\` for it.

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
