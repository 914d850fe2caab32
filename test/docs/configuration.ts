import type { Setting } from '../../src/server/settings/setting.ts'
import { SETTINGS, type SettingName } from '../../src/server/settings/settings.ts'

/** docs/configuration.md: the table of settings, one row each. */
export function configurationPage(): string {
  const rows = (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).map(([name, setting]) => {
    const names = [setting.env, ...(setting.aliases ?? [])].map(one => `\`${one}\``).join(', ')
    return `| ${names}${setting.secret ? ' (secret)' : ''} | \`${name}\` | ${setting.flag ? `\`${setting.flag}\`` : ''} | ${defaultOf(setting)} | ${setting.sentence} |`
  })
  return `# Configuration

Claviger starts without any settings. It reads each setting from the first of these that contains it: a flag of the command, the
environment, \`claviger.config.json\` in the working directory (with the names of the second column, as in \`{ "port": 8420 }\`), or
the default.

A secret can also come from a file: \`CLAVIGER_MASTER_KEY_FILE=/run/secrets/master-key\`. Unknown names, invalid values and settings
that contradict each other stop the start; the message lists all of them. \`claviger config list --show-origin\` and the page "Settings"
of the console show the settings in force and where each came from. \`npm run docs\` writes this page from the code.

| environment | file | flag | default | meaning |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

With \`CLAVIGER_ENV=production\`, the server does not start without \`CLAVIGER_URL\` (https, except on a loopback address) and a master
key, and serves only the older systems that \`CLAVIGER_DIALECTS\` lists.
`
}

function defaultOf({ standard }: Setting<unknown>): string {
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
