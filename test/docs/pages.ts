import { commandsPage } from './commands.ts'
import { configurationPage } from './configuration.ts'
import { dialectsPage } from './dialects.ts'
import { errorsPage } from './errors.ts'

/** Pages of docs/ that are made from tables of the code; `npm run docs` writes them and a test compares. */
export const PAGES: Record<string, () => string> = {
  'docs/dialects.md': dialectsPage,
  'docs/configuration.md': configurationPage,
  'docs/errors.md': errorsPage,
  'docs/commands.md': commandsPage,
}
