import { createTheme, DEFAULT_THEME, type MantineColorsTuple } from '@mantine/core'

/** Shades of the accent of the server-rendered pages, #14705a. */
const accent: MantineColorsTuple = [
  '#eefaf6',
  '#d9f2e9',
  '#b3e5d3',
  '#86d5ba',
  '#57c09f',
  '#2fa684',
  '#1d8a6c',
  '#14705a',
  '#115a49',
  '#0f4a3d',
]

/** Greys of the dark theme, with a tint of its background. */
const dark: MantineColorsTuple = [
  '#d5deda',
  '#b4c0bb',
  '#8f9d97',
  '#5d6b66',
  '#46544f',
  '#33403c',
  '#222a28',
  '#1b2120',
  '#151a19',
  '#0d1110',
]

/** The library's shades, except the darkest, which gives text enough contrast on the light ones. */
const withDarkest = (name: 'orange' | 'yellow', darkest: string) =>
  DEFAULT_THEME.colors[name].with(9, darkest) as unknown as MantineColorsTuple

/*
 * `lockScroll` would add a <style> element at run time, which the page's policy forbids; without it, the page below a dialog
 * can still scroll. The head of a dialog is no banner, because a page has only one.
 */
const dialogs = {
  lockScroll: false,
  transitionProps: { duration: 120 },
  overlayProps: { backgroundOpacity: 0.45 },
  attributes: { header: { role: 'none' } },
  centered: true,
}

/** Renders menus and lists inside the main landmark, where screen readers find them. */
const beside = { shadow: 'md', withinPortal: true, portalProps: { target: '#main' } } as const

/** The list itself scrolls, because the keyboard cannot focus the library's scroll area. */
const choices = {
  comboboxProps: beside,
  withScrollArea: false,
  styles: { options: { maxHeight: 300, overflowY: 'auto' as const } },
}

export const theme = createTheme({
  colors: { accent, dark, orange: withDarkest('orange', '#a33a06'), yellow: withDarkest('yellow', '#7a4a00') },
  primaryColor: 'accent',
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '600',
    sizes: { h2: { fontSize: '1.375rem', lineHeight: '1.3' }, h5: { fontSize: '0.9375rem', lineHeight: '1.4' } },
  },
  components: {
    Badge: { defaultProps: { size: 'sm', tt: 'none', fw: 500, radius: 'sm' } },
    Modal: { defaultProps: dialogs },
    Menu: { defaultProps: { ...beside, withInitialFocusPlaceholder: false } },
    Select: { defaultProps: choices },
    MultiSelect: { defaultProps: choices },
    TagsInput: { defaultProps: choices },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } },
    },
  },
})
