import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import styles from '../show/page/page.module.css'

const CHOICES = [
  {
    title: t('Application token'),
    use: t('For your own program that calls an API: a job, a service or a script. You choose its expiry.'),
    href: '/credentials/new?kind=application_token',
    action: t('Create an application token'),
    operation: 'createCredential',
  },
  {
    title: t('API key'),
    use: t('For another person who calls your API with one string in a header.'),
    href: '/credentials/new?kind=api_key',
    action: t('Create an API key'),
    operation: 'createCredential',
  },
  {
    title: t('OAuth application'),
    use: t('For an application that acts for users. Each user can revoke its access.'),
    href: '/applications?new=1',
    action: t('Register an application'),
    operation: 'createClient',
  },
] as const

export function NoCredentials() {
  const { may } = useSession()
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {t('No credentials yet. Which kind do you need?')}
      </Title>
      <div className={styles.columns}>
        {CHOICES.map(({ title, use, href, action, operation }) => (
          <Card key={title} title={title}>
            <Text size="sm" mb="md">
              {use}
            </Text>
            {may(operation) ? (
              <Button component={Link} href={href} variant="light" size="sm">
                {action}
              </Button>
            ) : null}
          </Card>
        ))}
      </div>
    </Stack>
  )
}
