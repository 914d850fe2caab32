import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'

export type Entry = Answer<'listJournal'>['items'][number]
export type EventName = Entry['event']

/** Labels of events in the filter, and the colour of their mark. The sentence comes with the entry. */
export const EVENTS: readonly { value: EventName; label: string; mood: 'good' | 'bad' | 'plain' }[] = [
  { value: 'issued', label: t('Made'), mood: 'good' },
  { value: 'used', label: t('First used'), mood: 'good' },
  { value: 'refused', label: t('Refused'), mood: 'bad' },
  { value: 'revoked', label: t('Revoked'), mood: 'bad' },
  { value: 'rotated', label: t('Rotated'), mood: 'plain' },
  { value: 'reuse-detected', label: t('Reuse detected'), mood: 'bad' },
  { value: 'signed-in', label: t('Signed in'), mood: 'good' },
  { value: 'sign-in-failed', label: t('Sign-in failed'), mood: 'bad' },
  { value: 'signed-out', label: t('Signed out'), mood: 'plain' },
  { value: 'granted', label: t('Allowed'), mood: 'good' },
  { value: 'denied', label: t('Not allowed'), mood: 'plain' },
  { value: 'created', label: t('Created'), mood: 'good' },
  { value: 'changed', label: t('Changed'), mood: 'plain' },
  { value: 'deleted', label: t('Deleted'), mood: 'bad' },
]
