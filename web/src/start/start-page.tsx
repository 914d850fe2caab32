import { Stack, Text } from '@mantine/core'
import { useSession } from '../api/session.tsx'
import { Sample } from '../credentials/sample.tsx'
import { samples } from '../credentials/samples.ts'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import styles from '../show/page/page.module.css'
import { PageHead } from '../show/page/page-head.tsx'
import { Copy } from '../show/value/copy.tsx'
import { Checklist } from './checklist.tsx'

export default function StartPage() {
  const { issuer } = useSession()
  return (
    <>
      <PageHead
        title={t('Get started')}
        lead={t('Six steps to a protected API. Each step is ticked when it is done.')}
      />
      <Stack gap="md">
        <Checklist />
        <div className={styles.columns}>
          {samples(issuer)
            .filter(({ language }) => language === 'curl' || language === 'guard')
            .map(({ language, label, code }) => (
              <Card key={language} title={language === 'curl' ? t('The first call') : t('Protect a route (Express)')}>
                <Text size="sm" mb="xs">
                  {language === 'curl'
                    ? t('Set CLAVIGER_TOKEN to your token, then run:')
                    : t('Use the id and secret that were shown when you registered your API:')}
                </Text>
                <Sample label={label} code={code} />
                <Copy text={code} mt="xs" label={t('Copy')} />
              </Card>
            ))}
        </div>
      </Stack>
    </>
  )
}
