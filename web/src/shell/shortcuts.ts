import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { OperationId } from '../../../src/wire/admin/contract.ts'
import type { May } from '../api/may.ts'
import { t } from '../language/t.ts'
import { useKept } from '../show/value/use-kept.ts'

/** One key or a sequence of two, with its action and target. */
export type Shortcut = {
  keys: readonly [string] | readonly [string, string]
  label: string
  to: string
  asks?: OperationId
}

/** "g" and a letter opens a page, "n" and a letter makes something. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['g', 'o'], label: t('Overview'), to: '/', asks: 'overview' },
  { keys: ['g', 'a'], label: t('Activity'), to: '/activity', asks: 'listJournal' },
  { keys: ['g', 'e'], label: t('Explain'), to: '/explain', asks: 'explain' },
  { keys: ['g', 'c'], label: t('Credentials'), to: '/credentials', asks: 'listCredentials' },
  { keys: ['g', 'u'], label: t('Users'), to: '/users', asks: 'listUsers' },
  { keys: ['g', 'p'], label: t('Applications'), to: '/applications', asks: 'listClients' },
  { keys: ['g', 's'], label: t('Sessions'), to: '/sessions', asks: 'listSessions' },
  { keys: ['n', 'c'], label: t('Create a credential'), to: '/credentials/new', asks: 'createCredential' },
  { keys: ['n', 'u'], label: t('Create a user'), to: '/users?new', asks: 'createUser' },
  { keys: ['n', 'p'], label: t('Register an application'), to: '/applications?new', asks: 'createClient' },
  { keys: ['?'], label: t('Keyboard shortcuts'), to: '/shortcuts' },
]

/** The longest pause between two keys, in milliseconds. */
const SOON = 1500
const TYPING = 'input, textarea, select, [contenteditable], [role=combobox], [role=slider], [role=dialog] *, dialog *'

/** Single keys can be switched off, because speech input and other tools may send them unintentionally (WCAG 2.1.4). */
export function useSingleKeys() {
  const [kept, setOn] = useKept('single-keys', true)
  return { on: kept !== false, setOn }
}

/** Listens on the whole page, except in fields. Ctrl or Cmd with K opens the palette everywhere. */
export function useShortcuts(may: May, openPalette: () => void): void {
  const [, go] = useLocation()
  const { on } = useSingleKeys()
  const first = useRef<{ key: string; at: number }>(undefined)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault()
        // An open dialog must be answered first.
        if (!document.querySelector('[role=dialog][aria-modal=true], dialog[open]')) openPalette()
        return
      }
      const target = event.target as Element
      if (!on || event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main input[type=search]')
        if (!search) return
        event.preventDefault()
        search.focus()
        return
      }
      const before = first.current && Date.now() - first.current.at < SOON ? first.current.key : undefined
      const found = SHORTCUTS.find(({ keys: [one, two] }) =>
        two === undefined ? one === event.key : one === before && two === event.key,
      )
      first.current = found ? undefined : { key: event.key, at: Date.now() }
      if (!found || (found.asks && !may(found.asks))) return
      event.preventDefault()
      go(found.to)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [may, on, go, openPalette])
}
