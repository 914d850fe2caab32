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
        const { settingFacts } = await import('../server/config.ts')
        const items = settingFacts(call.config())
        return list({ items }, one => one, {
          variable: one => one.variable,
          value: one => (one.secret && one.origin !== 'default' ? '(secret)' : one.value),
          ...(call.options.said('showOrigin') && { origin: (one: (typeof items)[number]) => one.origin }),
        })
      },
    },
  ],
}
