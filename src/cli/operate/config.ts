import { missing } from '../../model/refusals/missing.ts'
import type { Answer as Told } from '../../server/management.ts'
import { list, record } from '../output/answer.ts'
import type { Call, Noun } from '../program/command.ts'

const SHOW_ORIGIN = {
  flags: '--show-origin',
  about: 'also print the source of each value: flag, environment, file or default',
}

export const config: Noun = {
  verbs: [
    {
      at: 'list',
      aliases: ['ls'],
      about: 'List all settings in force, without secrets',
      examples: ['claviger config list --show-origin', 'claviger config list --json'],
      options: [SHOW_ORIGIN],
      async run(call) {
        const items = await settings(call)
        return list({ items }, showSetting, {
          variable: one => one.variable,
          value: shown,
          ...(call.options.said('showOrigin') && { origin: (one: Setting) => one.origin }),
        })
      },
    },
    {
      at: 'get <setting>',
      about: 'Print the value of one setting, by its name or variable',
      examples: ['claviger config get CLAVIGER_PORT', 'claviger config get url --show-origin'],
      options: [SHOW_ORIGIN],
      async run(call) {
        const name = call.options.argument(0)
        const found = (await settings(call)).find(one => one.name === name || one.variable === name)
        if (!found) throw missing('setting', name)
        return record(showSetting(found), {
          text: shown(found) ?? '',
          notes: [...(call.options.said('showOrigin') ? [`origin: ${found.origin}`] : []), found.meaning],
        })
      },
    },
  ],
}

type Setting = Told<'listSettings'>['items'][number]

/**
 * The settings of a named server. Without a named server, the settings that a command in this folder would use; this
 * needs no installation.
 */
async function settings(call: Call): Promise<Setting[]> {
  if (call.place().is === 'server') return (await call.manage('listSettings')).items
  const { settingFacts } = await import('../../server/settings/config.ts')
  return settingFacts(call.config()).map(({ sentence, value, ...fact }) => ({
    ...fact,
    value: value ?? null,
    meaning: sentence,
  }))
}

const isHidden = ({ secret, origin }: Setting): boolean => secret && origin !== 'default'
const shown = (one: Setting): string | null => (isHidden(one) ? '(secret)' : one.value)
const showSetting = ({ meaning, ...one }: Setting) => ({ ...one, sentence: meaning })
