import type { Answer } from '../../../src/wire/admin/contract.ts'

export type Entry = Answer<'listJournal'>['items'][number]
export type EventName = Entry['event']

/** Labels of events in the filter, and the colour of their mark. The sentence comes with the entry. */
export const EVENTS: readonly { value: EventName; label: string; mood: 'good' | 'bad' | 'plain' }[] = [
  { value: 'issued', label: 'Made', mood: 'good' },
  { value: 'used', label: 'First used', mood: 'good' },
  { value: 'refused', label: 'Refused', mood: 'bad' },
  { value: 'revoked', label: 'Revoked', mood: 'bad' },
  { value: 'rotated', label: 'Rotated', mood: 'plain' },
  { value: 'reuse-detected', label: 'Reuse detected', mood: 'bad' },
  { value: 'signed-in', label: 'Signed in', mood: 'good' },
  { value: 'sign-in-failed', label: 'Sign-in failed', mood: 'bad' },
  { value: 'signed-out', label: 'Signed out', mood: 'plain' },
  { value: 'granted', label: 'Allowed', mood: 'good' },
  { value: 'denied', label: 'Not allowed', mood: 'plain' },
  { value: 'created', label: 'Created', mood: 'good' },
  { value: 'changed', label: 'Changed', mood: 'plain' },
  { value: 'deleted', label: 'Deleted', mood: 'bad' },
]
