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

/* Words for the codes of the API. */

export type Credential = Answer<'getCredential'>
export type Kind = Credential['kind']
export type Status = Credential['status']
type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>

export const KINDS: Record<Kind, { label: string; plural: string; shown: boolean }> = {
  application_token: { label: 'Application token', plural: 'Application tokens', shown: true },
  api_key: { label: 'API key', plural: 'API keys', shown: true },
  access_token: { label: 'Access token', plural: 'Access tokens', shown: true },
  refresh_token: { label: 'Refresh token', plural: 'Refresh tokens', shown: true },
  user_token: { label: 'User token', plural: 'User tokens', shown: true },
  token_pair: { label: 'Token pair', plural: 'Token pairs', shown: true },
  authorization_code: { label: 'Authorization code', plural: 'Authorization codes', shown: false },
  session: { label: 'Session', plural: 'Sessions', shown: false },
  pending_sign_in: { label: 'Sign-in under way', plural: 'Sign-ins under way', shown: false },
  consent_denial: { label: 'Refused consent', plural: 'Refused consents', shown: false },
  device_code: { label: 'Device waiting', plural: 'Devices waiting', shown: false },
  device_confirmation: { label: 'Device being answered', plural: 'Devices being answered', shown: false },
  invitation: { label: 'Invitation', plural: 'Invitations', shown: false },
  setup_link: { label: 'Set-up link', plural: 'Set-up links', shown: false },
  initial_access_token: { label: 'Initial access token', plural: 'Initial access tokens', shown: false },
  registration_token: { label: 'Registration token', plural: 'Registration tokens', shown: false },
}
export const kindLabel = (kind: string): string => KINDS[kind as Kind]?.label ?? kind

export const STATUSES: Record<Status, { label: string; color: string; icon: Icon; meaning: string }> = {
  active: { label: 'Active', color: 'accent', icon: IconCircleCheck, meaning: 'Works and is in use.' },
  rotating: {
    label: 'Rotating',
    color: 'blue',
    icon: IconRefresh,
    meaning: 'Replaced, and works until the overlap ends.',
  },
  expires_soon: {
    label: 'Expires soon',
    color: 'yellow',
    icon: IconClockExclamation,
    meaning: 'Works, and ends within 14 days.',
  },
  unused: {
    label: 'Unused',
    color: 'gray',
    icon: IconMoon,
    meaning: 'Works, but was not used in the last DAYS days.',
  },
  disabled: {
    label: 'Disabled',
    color: 'orange',
    icon: IconPlayerPause,
    meaning: 'Refused until it is enabled, or its owner or application.',
  },
  spent: { label: 'Spent', color: 'gray', icon: IconTicket, meaning: 'For one use, and used.' },
  expired: { label: 'Expired', color: 'gray', icon: IconClockX, meaning: 'Its expiry has passed.' },
  revoked: { label: 'Revoked', color: 'gray', icon: IconBan, meaning: 'Revoked for good.' },
}
export const isLive = (status: Status): boolean => !['revoked', 'expired', 'spent'].includes(status)

/** Reasons and refusal codes in words that complete "refused:". */
export const reasonInWords = (reason: string | null): string => reasonWords(reason ?? undefined)
