import type { SettingName } from '../server/settings.ts'
import { list } from './answer.ts'
import type { Noun } from './command.ts'

export const config: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List all settings; secrets are not shown',
      examples: ['claviger config list --show-origin', 'claviger config list --json'],
      options: [{ flags: '--show-origin', about: 'which layer won: flag, environment, file or default' }],
      async run(call) {
        const { SETTINGS } = await import('../server/settings.ts')
        const settled = call.config()
        const items = (Object.keys(SETTINGS) as SettingName[]).map(name => {
          const setting = SETTINGS[name]
          const value = settled[name]
          return {
            name,
            variable: setting.env,
            value: value === undefined ? null : 'secret' in setting ? '(secret)' : String(value),
            origin: settled.origins[name],
          }
        })
        return list({ items }, one => one, {
          variable: one => one.variable,
          value: one => one.value,
          ...(call.options.said('showOrigin') && { origin: (one: (typeof items)[number]) => one.origin }),
        })
      },
    },
  ],
}
