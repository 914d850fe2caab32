import { activity } from './activity.ts'
import { apis } from './apis.ts'
import { applications } from './applications.ts'
import { charts } from './charts.ts'
import { credentials } from './credentials.ts'
import { endings } from './endings.ts'
import { findings } from './findings.ts'
import { parts } from './parts.ts'
import { reasons } from './reasons.ts'
import { registrations } from './registrations.ts'
import { settings } from './settings.ts'
import { settingMeanings } from './settings-meanings.ts'
import { settingTitles } from './settings-titles.ts'
import { shell } from './shell.ts'
import { start } from './start.ts'
import { users } from './users.ts'
import { values } from './values.ts'

export { impact } from './endings.ts'
export { sayFinding } from './findings.ts'

/** German by English text, for the whole console. */
export const german: Readonly<Record<string, string>> = {
  ...apis,
  ...credentials,
  ...charts,
  ...settingMeanings,
  ...settingTitles,
  ...settings,
  ...reasons,
  ...endings,
  ...findings,
  ...parts,
  ...values,
  ...users,
  ...activity,
  ...shell,
  ...start,
  ...applications,
  ...registrations,
}
