import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { Card } from '../show/page/card.tsx'
import styles from '../show/page/page.module.css'

const CHOICES = [
  {
    title: 'Application token',
    use: 'For your own program that calls an API: a job, a service or a script. You choose its expiry.',
    href: '/credentials/new?kind=application_token',
    action: 'Create an application token',
    operation: 'createCredential',
  },
  {
    title: 'API key',
    use: 'For someone else who calls your API with one string in a header.',
    href: '/credentials/new?kind=api_key',
    action: 'Create an API key',
    operation: 'createCredential',
  },
  {
    title: 'OAuth application',
    use: 'For an application that acts for users. Each user can withdraw the consent.',
    href: '/applications?new=1',
    action: 'Register an application',
    operation: 'createClient',
  },
] as const

export function NoCredentials() {
  const { may } = useSession()
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        No credentials yet. Which kind do you need?
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
