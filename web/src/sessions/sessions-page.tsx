import { t } from '../language/t.ts'
import { CopyAs } from '../show/command/copy-as.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { SessionList } from './session-list.tsx'

export default function SessionsPage() {
  return (
    <>
      <PageHead
        title={t('Sessions')}
        lead={t('Browsers that are signed in. Signing one out does not affect tokens and keys.')}
        actions={<CopyAs operation="listSessions" />}
      />
      <SessionList />
    </>
  )
}
