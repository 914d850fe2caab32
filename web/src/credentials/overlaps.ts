/** How long the old credential still works after a rotation, in seconds. */
export const OVERLAPS = [
  { value: '0', label: 'None: the old secret stops now' },
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '24 hours' },
  { value: '604800', label: '7 days' },
]
