import type { Setting } from '../../src/server/settings/setting.ts'
import { SETTINGS, type SettingName } from '../../src/server/settings/settings.ts'

/** docs/configuration.md: the table of settings, one row each. */
export function configurationPage(): string {
  const rows = (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).map(([name, setting]) => {
    const names = [setting.env, ...(setting.aliases ?? [])].map(one => `\`${one}\``).join(', ')
    return `| ${names}${setting.secret ? ' (secret)' : ''} | \`${name}\` | ${setting.flag ? `\`${setting.flag}\`` : ''} | ${standardOf(setting)} | ${setting.sentence} |`
  })
  return `# Configuration

Claviger starts without any. What you set is looked for in this order, and the first found counts: a flag of the command, the
environment, \`claviger.config.json\` in the working directory (names of the second column, as in \`{ "port": 8420 }\`), the standard.

A secret may also come from a file: \`CLAVIGER_MASTER_KEY_FILE=/run/secrets/master-key\`. Unknown names, values that do not fit and
settings that contradict each other stop the start, all of them named at once. \`claviger config list --show-origin\` says what is in
force and where it came from. This page is made from the code by \`npm run docs\`.

| environment | file | flag | standard | meaning |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

\`CLAVIGER_ENV=production\` refuses to start without \`CLAVIGER_URL\` (https, unless it is a loopback address) and a master key, and
switches the dialects of older systems off unless they are listed.
`
}

function standardOf({ standard }: Setting<unknown>): string {
  if (typeof standard !== 'function') return said(standard)
  const [development, production] = [said(standard(false)), said(standard(true))]
  return development === production ? development : `${development}; in production ${production}`
}

const said = (value: unknown): string => {
  if (value === undefined) return ''
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return 'none'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(one => `\`${one}\``).join(' ')
  return `\`${value}\``
}
