import { t } from '../language/t.ts'

/** How long the old credential still works after a rotation, in seconds. */
export const OVERLAPS = [
  { value: '0', label: t('None: the old secret stops now') },
  { value: '900', label: t('15 minutes') },
  { value: '3600', label: t('1 hour') },
  { value: '86400', label: t('24 hours') },
  { value: '604800', label: t('7 days') },
]
