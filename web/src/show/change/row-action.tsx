import type { ReactNode } from 'react'
import { ENDINGS, type EndingName } from '../../../../src/wire/admin/contract.ts'
import { t } from '../../language/t.ts'
import type { Shown } from '../command/commands.ts'
import { plainName } from '../value/name.tsx'
import { AskingButton } from './asking-button.tsx'
import type { Question } from './confirm.tsx'
import { type Counted, Ending } from './ending.tsx'

/** A button that ends something. Its dialog shows the consequences; only the button in the dialog is red. */
export const RowAction = <Id extends Shown>({
  ends,
  counts,
  label = t(ENDINGS[ends].word),
  action = label,
  size = 'xs',
  title,
  done = t('Done'),
  children,
  ...more
}: Omit<Question<Id>, 'action' | 'danger'> & {
  ends: EndingName
  counts?: Counted
  label?: string
  action?: string
  size?: string
  icon?: ReactNode
}) => (
  <AskingButton {...more} label={label} action={action} size={size} title={plainName(title)} done={done} danger>
    <Ending act={ends} of={counts} />
    {children}
  </AskingButton>
)
