import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { t } from '../../language/t.ts'

export const PageSkeleton = () => (
  <Stack gap="md" aria-busy="true">
    <VisuallyHidden role="status">{t('Loading')}</VisuallyHidden>
    <Skeleton height={32} width="40%" />
    <Skeleton height={14} width="65%" />
    <RowsSkeleton />
  </Stack>
)

export const RowsSkeleton = ({ rows = 6 }: { rows?: number }) => (
  <Stack gap="xs" aria-busy="true" aria-label={t('Loading')}>
    {Array.from({ length: rows }, (_, i) => `row-${i}`).map(key => (
      <Skeleton key={key} height={40} />
    ))}
  </Stack>
)
