import { charts } from './charts.ts'
import { settings } from './settings.ts'
import { settingMeanings } from './settings-meanings.ts'
import { settingTitles } from './settings-titles.ts'
import { shell } from './shell.ts'
import { start } from './start.ts'

export { problemDe } from './refusals.ts'

/** German by English text, for the whole console. */
export const german: Readonly<Record<string, string>> = {
  ...charts,
  ...settingMeanings,
  ...settingTitles,
  ...settings,
  ...shell,
  ...start,
}
