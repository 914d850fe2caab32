import { record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'
import { whoamiAt } from '../remote/whoami.ts'

export const whoami: Noun = {
  verbs: [
    {
      at: '',
      about: 'Show which server or installation commands use, and as which user',
      examples: ['claviger whoami', 'claviger whoami --json'],
      async run({ place, config }) {
        const at = place()
        if (at.is === 'here')
          return record(
            { at: 'this machine', data_dir: config().dataDir, who: 'operator' },
            { notes: at.note ? [at.note] : [] },
          )
        const { who, principal } = await whoamiAt(at.open())
        const { scopes, audience: _, ...rest } = principal as { scopes: string[]; audience: unknown }
        return record({ at: at.url, context: at.context ?? null, who, scope: scopes.join(' '), ...rest })
      },
    },
  ],
}
