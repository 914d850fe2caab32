import { Button, Group } from '@mantine/core'
import { t } from '../../language/t.ts'

/** The pages of a list, as `usePages` returns them. */
export type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }

/** The button below a list that loads its next page. */
export const ShowMore = ({ of }: { of: Pages }) =>
  of.hasNextPage ? (
    <Group justify="center" mt="md">
      <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t('Show more')}
      </Button>
    </Group>
  ) : null
