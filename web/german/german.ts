import { charts } from './charts.ts'
import { shell } from './shell.ts'

/** German by English text, for the whole console. */
export const german: Readonly<Record<string, string>> = { ...shell, ...charts }
