import {
  IconBan,
  IconCircleCheck,
  IconClockExclamation,
  IconClockX,
  IconMoon,
  IconPlayerPause,
  IconRefresh,
  IconTicket,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { type Answer, reasonWords } from '../../../../src/wire/admin/contract.ts'
import { t } from '../../language/t.ts'

/* Words for the codes of the API. */

export type Credential = Answer<'getCredential'>
export type Kind = Credential['kind']
export type Status = Credential['status']
type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>

export const KINDS: Record<Kind, { label: string; plural: string; shown: boolean }> = {
  application_token: { label: t('Application token'), plural: t('Application tokens'), shown: true },
  api_key: { label: t('API key'), plural: t('API keys'), shown: true },
  access_token: { label: t('Access token'), plural: t('Access tokens'), shown: true },
  refresh_token: { label: t('Refresh token'), plural: t('Refresh tokens'), shown: true },
  user_token: { label: t('User token'), plural: t('User tokens'), shown: true },
  token_pair: { label: t('Token pair'), plural: t('Token pairs'), shown: true },
  authorization_code: { label: t('Authorization code'), plural: t('Authorization codes'), shown: false },
  session: { label: t('Session'), plural: t('Sessions'), shown: false },
  pending_sign_in: { label: t('Sign-in under way'), plural: t('Sign-ins under way'), shown: false },
  consent_denial: { label: t('Refused consent'), plural: t('Refused consents'), shown: false },
  device_code: { label: t('Device waiting'), plural: t('Devices waiting'), shown: false },
  device_confirmation: { label: t('Device being answered'), plural: t('Devices being answered'), shown: false },
  invitation: { label: t('Invitation'), plural: t('Invitations'), shown: false },
  setup_link: { label: t('Set-up link'), plural: t('Set-up links'), shown: false },
  initial_access_token: { label: t('Initial access token'), plural: t('Initial access tokens'), shown: false },
  registration_token: { label: t('Registration token'), plural: t('Registration tokens'), shown: false },
}
export const kindLabel = (kind: string): string => KINDS[kind as Kind]?.label ?? kind

export const STATUSES: Record<Status, { label: string; color: string; icon: Icon; meaning: string }> = {
  active: { label: t('Active'), color: 'accent', icon: IconCircleCheck, meaning: t('Works and is in use.') },
  rotating: {
    label: t('Rotating'),
    color: 'blue',
    icon: IconRefresh,
    meaning: t('Replaced, and works until the overlap ends.'),
  },
  expires_soon: {
    label: t('Expires soon'),
    color: 'yellow',
    icon: IconClockExclamation,
    meaning: t('Works, and ends within 14 days.'),
  },
  unused: {
    label: t('Unused'),
    color: 'gray',
    icon: IconMoon,
    meaning: t('Works, but was not used in the last {days} days.'),
  },
  disabled: {
    label: t('Disabled'),
    color: 'orange',
    icon: IconPlayerPause,
    meaning: t('Refused until it is enabled, or its owner or application.'),
  },
  spent: { label: t('Spent'), color: 'gray', icon: IconTicket, meaning: t('For one use, and used.') },
  expired: { label: t('Expired'), color: 'gray', icon: IconClockX, meaning: t('Its expiry has passed.') },
  revoked: { label: t('Revoked'), color: 'gray', icon: IconBan, meaning: t('Revoked for good.') },
}
export const isLive = (status: Status): boolean => !['revoked', 'expired', 'spent'].includes(status)

/** Reasons and refusal codes in words that complete "refused:". */
export const reasonInWords = (reason: string | null): string => t(reasonWords(reason ?? undefined))
