import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PAGES } from './pages.ts'

/* `npm run docs`: writes the pages that are made from the code. */
for (const [path, page] of Object.entries(PAGES)) writeFileSync(join(import.meta.dirname, '..', '..', path), page())
