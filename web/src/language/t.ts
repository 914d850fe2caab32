import { createElement, Fragment, type ReactNode } from 'react'
import { language } from './language.ts'

/*
 * Visible texts. Each is written in English where it is used; its German is found by the English text (`web/german/`), which is
 * loaded only for readers of German. `{name}` in a text is replaced by the value of that name.
 */

type German = typeof import('../../german/german.ts')
let german: German | undefined

/** Loads the German texts before any page module runs, so that constants of modules can be texts, too. */
export async function loadTexts(): Promise<void> {
  document.documentElement.lang = language
  if (language === 'de') german = await import('../../german/german.ts')
}

const PLACE = /\{(\w+)\}/g
const translated = (text: string): string => german?.german[text] ?? text
const shown = (value: string | number): string => (typeof value === 'number' ? inDigits(value) : value)

/** A part of the German texts that is no text, for example a function. */
export const inGerman = <Part>(part: (texts: German) => Part): Part | undefined => german && part(german)

export function t(text: string, values?: Readonly<Record<string, string | number>>): string {
  const said = translated(text)
  return values ? said.replace(PLACE, (place, name: string) => shown(values[name] ?? place)) : said
}

/** A text with elements in it, for example a link or a name. */
export function tx(text: string, values: Readonly<Record<string, ReactNode>>): ReactNode {
  const parts = translated(text)
    .split(PLACE)
    .map((part, i) => (i % 2 === 0 ? part : values[part]))
  return createElement(Fragment, null, ...parts)
}

/** `1 key` or `3 keys`. Both words are texts of their own. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${inDigits(count)} ${t(count === 1 ? one : many)}`

export const inDigits = (count: number): string => count.toLocaleString(language)
