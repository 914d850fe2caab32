import {
  IconArrowsExchange,
  IconBan,
  IconCircleCheck,
  IconDoorExit,
  IconEdit,
  IconKey,
  IconLogin2,
  IconRefresh,
  IconShieldX,
  IconTrash,
} from '@tabler/icons-react'
import type { Answer } from '../../../src/wire/admin/contract.ts'
import { t } from '../language/t.ts'

export type Entry = Answer<'listJournal'>['items'][number]
type Event = { label: string; mood: 'good' | 'bad' | 'plain'; Icon: typeof IconKey }

/** Labels of events in the filter, and their mark with its colour. The sentence comes with the entry. */
export const EVENTS: Record<Entry['event'], Event> = {
  issued: { label: t('Made'), mood: 'good', Icon: IconKey },
  used: { label: t('First used'), mood: 'good', Icon: IconCircleCheck },
  refused: { label: t('Refused'), mood: 'bad', Icon: IconShieldX },
  revoked: { label: t('Revoked'), mood: 'bad', Icon: IconBan },
  rotated: { label: t('Rotated'), mood: 'plain', Icon: IconRefresh },
  'reuse-detected': { label: t('Reuse detected'), mood: 'bad', Icon: IconArrowsExchange },
  'signed-in': { label: t('Signed in'), mood: 'good', Icon: IconLogin2 },
  'sign-in-failed': { label: t('Sign-in failed'), mood: 'bad', Icon: IconShieldX },
  'signed-out': { label: t('Signed out'), mood: 'plain', Icon: IconDoorExit },
  granted: { label: t('Allowed'), mood: 'good', Icon: IconCircleCheck },
  denied: { label: t('Not allowed'), mood: 'plain', Icon: IconBan },
  created: { label: t('Created'), mood: 'good', Icon: IconCircleCheck },
  changed: { label: t('Changed'), mood: 'plain', Icon: IconEdit },
  deleted: { label: t('Deleted'), mood: 'bad', Icon: IconTrash },
}
