import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from './src/theme.ts'

/*
 * What Mantine would write into <style> elements and inline scripts at run time becomes files at build time, so that
 * the page's policy needs no exception for either.
 */

const THEME = 'virtual:theme.css'

/** Palettes of the library that no page uses; their variables are half of the sheet. */
const UNUSED = /^--mantine-color-(?:green|teal|cyan|indigo|lime)-/
const used = (variables: Record<string, string>) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !UNUSED.test(name)))

/** The theme's variables as a style sheet; `MantineProvider` runs with `withCssVariables={false}`. */
export const themeSheet = (): Plugin => ({
  name: 'theme-sheet',
  resolveId: id => (id === THEME ? THEME : undefined),
  load(id) {
    if (id !== THEME) return undefined
    const { variables, light, dark } = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))
    return convertCssVariables({ variables: used(variables), light: used(light), dark: used(dark) }, ':root')
  },
})

/** Sets light or dark before the first paint; a classic script, so it runs before anything is drawn. */
export const schemeScript = (): Plugin => ({
  name: 'scheme-script',
  apply: 'build',
  buildStart() {
    const source = readFileSync(join(import.meta.dirname, 'scheme.js'), 'utf8')
    this.emitFile({ type: 'asset', name: 'scheme.js', source })
  },
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const files = Object.values(bundle ?? {})
      const script = files.find(one => one.type === 'asset' && one.names.includes('scheme.js'))
      if (!script) throw new Error('the colour scheme script was not emitted')
      return [{ tag: 'script', attrs: { src: `/console/${script.fileName}` }, injectTo: 'head-prepend' }]
    },
  },
})

/** The page asks for the code of the console at once, not only after the language is known (`src/main.ts`). */
export const consolePreload = (): Plugin => ({
  name: 'console-preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const chunk = Object.values(bundle ?? {}).find(one => one.type === 'chunk' && one.name === 'console')
      if (chunk?.type !== 'chunk') throw new Error('the console is no chunk of its own')
      return [chunk.fileName, ...chunk.imports]
        .filter(file => !html.includes(file))
        .map(file => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/console/${file}` } }))
    },
  },
})
