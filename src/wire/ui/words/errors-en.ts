import { REFUSALS, type RefusalCode } from '../../../model/refusals/refusal.ts'
import { type RemedyGroup, remedyOf } from '../../../model/refusals/remedies.ts'

/** The page about errors. Each of its sentences has the place of one link: `{link}`. */
export const errorsEn = {
  title: 'Errors',
  lead: 'Every refusal of this server has one of these codes. Each interface answers it with a status of its own. To see why one request was refused, send its request id to {link}.',
  groupList: 'Groups',
  groups: {
    'The request': 'The request',
    'The client': 'The client',
    'Signing in': 'Signing in',
    'The authorization request': 'The authorization request',
    Devices: 'Devices',
    'The grant': 'The grant',
    'The credential': 'The credential',
    Management: 'Management',
    'Limits and outages': 'Limits and outages',
  } as Record<RemedyGroup, string>,
  sentence: (code: RefusalCode): string => REFUSALS[code],
  remedy: remedyOf,
}
