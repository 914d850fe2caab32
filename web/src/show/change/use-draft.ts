import { type ChangeEvent, useState } from 'react'
import { Problem } from '../../api/ask.ts'

/** What a form needs to know of the draft it sends. */
export type Draft = {
  dirty: boolean
  /** Forgets the changes, because they were saved or are not wanted. */
  reset(): void
  /** Shows a refusal at its field. */
  fail(error: unknown): void
  /** Whether the refusal is shown at a field. */
  placed: boolean
}

/**
 * The state of a form: what the person has changed since `start`. The rest follows `start`, so the form shows new data from
 * the server and, once a change is saved, what the server made of it. Give the fields the names that the operation gives them:
 * `text`, `tick` and `pick` return the properties of a field, with the refusal that the server gave for it.
 */
export function useDraft<Values extends object>(start: Values) {
  type Name = Extract<keyof Values, string>
  const [typed, setTyped] = useState<Partial<Values>>({})
  const [error, setError] = useState<unknown>()
  const at = error instanceof Problem ? error.parameter?.split('.')[0] : undefined
  const values = { ...start, ...typed }
  const changed = Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(start[name as Name])),
  ) as Partial<Values>
  const change = (part: Partial<Values>) => setTyped(before => ({ ...before, ...part }))
  const set = (name: Name, value: unknown) => change({ [name]: value } as Partial<Values>)

  const draft = {
    values,
    /** The fields that differ from `start`. */
    changed,
    change,
    dirty: Object.keys(changed).length > 0,
    placed: false,
    fail: setError,
    reset() {
      setTyped({})
      setError(undefined)
    },
    /** For inputs that report an event. */
    text: <N extends Name>(name: N) => ({
      value: values[name],
      error: refusalAt(name),
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => set(name, event.currentTarget.value),
    }),
    /** For checkboxes and switches. */
    tick: (name: Name) => ({
      checked: values[name] === true,
      error: refusalAt(name),
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(name, event.currentTarget.checked),
    }),
    /** For inputs that report a value. */
    pick: <N extends Name>(name: N) => ({
      value: values[name],
      error: refusalAt(name),
      onChange: (value: unknown) => set(name, value),
    }),
  }
  function refusalAt(name: Name): string | undefined {
    if (name !== at) return undefined
    draft.placed = true
    return (error as Problem).message
  }
  return draft
}
