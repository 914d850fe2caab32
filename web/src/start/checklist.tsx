import { Button, Group, Progress, Text } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'
import { Card } from '../show/page/card.tsx'
import { useKept } from '../show/value/use-kept.ts'
import styles from './start.module.css'

type Step = { title: string; says: string; done: boolean; href?: string; action?: string }

/** The first six steps. Data of the server, which is polled, shows which of them are done. */
function useSteps(every: number): Step[] {
  const { may } = useSession()
  const keys = useAsk(
    'listCredentials',
    { query: { kind: 'application_token,api_key', limit: 50 } },
    { every, enabled: may('listCredentials') },
  )
  const overview = useAsk('overview', {}, { every, enabled: may('overview') })
  const apis = useAsk('listResourceServers', {}, { every, enabled: may('listResourceServers') })
  const apps = useAsk('listClients', { query: { limit: 20 } }, { every, enabled: may('listClients') })
  const items = keys.data?.items ?? []
  return [
    { title: t('Sign in'), says: t('You are signed in.'), done: true },
    {
      title: t('Create a token'),
      says: t('With a name, the scopes it needs, and an expiry.'),
      done: items.length > 0,
      href: '/credentials/new?template=script',
      action: t('Create a read-only token'),
    },
    {
      title: t('Make the first call'),
      says: t('Run the curl command that is shown with the token.'),
      done: items.some(one => one.last_used_at !== null) || (overview.data?.last_24h.uses ?? 0) > 0,
      href: '/credentials',
      action: t('See your credentials'),
    },
    {
      title: t('Protect a route of your API'),
      says: t('Register your API, and add the guard to it.'),
      done: (apis.data?.items.length ?? 0) > 0,
      href: '/apis?new=1',
      action: t('Register an API'),
    },
    {
      title: t('Register an application'),
      says: t('For an application that acts for users.'),
      done: (apps.data?.items ?? []).some(({ source }) => source !== 'resource-server'),
      href: '/applications?new=1',
      action: t('Register an application'),
    },
    {
      title: t('Add a colleague'),
      says: t('With a role: operator, support or auditor.'),
      done: (overview.data?.counts.users ?? 0) > 1,
      href: '/users?new=1',
      action: t('Create a user'),
    },
  ]
}

/** The steps on the overview, until all are done or a person hides them in this browser. */
export function FirstSteps() {
  const [hidden, setHidden] = useKept('first-steps-hidden', false)
  return hidden ? null : <Checklist every={10_000} onHide={() => setHidden(true)} />
}

/** With `onHide`, the list has a button that hides it, and is not shown once all steps are done. */
export function Checklist({ every = 3000, onHide }: { every?: number; onHide?: () => void }) {
  const steps = useSteps(every)
  const count = { done: steps.filter(step => step.done).length, all: steps.length }
  const next = steps.find(step => !step.done)
  if (onHide && !next) return null
  return (
    <Card
      title={onHide ? t('Get started') : t('Six steps')}
      lead={next ? t('{done} of {all} done. Next: {step}.', { ...count, step: next.title }) : t('All done.')}
      aside={
        onHide ? (
          <Button variant="subtle" size="compact-sm" onClick={onHide}>
            {t('Hide')}
          </Button>
        ) : null
      }
    >
      <Progress
        value={(count.done / count.all) * 100}
        mb="md"
        size="sm"
        aria-label={t('{done} of {all} steps done', count)}
      />
      <ol className={styles.steps}>
        {steps.map(({ title, says, done: ticked, href, action }) => (
          <li key={title} data-done={ticked}>
            {ticked ? (
              <IconCircleCheckFilled size={20} aria-label={t('done')} className={styles.tick ?? ''} />
            ) : (
              <IconCircle size={20} aria-label={t('to do')} className={styles.open ?? ''} />
            )}
            <div className={styles.words}>
              <Text fw={600} size="sm">
                {title}
              </Text>
              <Text size="sm" c="dimmed">
                {says}
              </Text>
            </div>
            {!ticked && href ? (
              <Group>
                <Button component={Link} href={href} size="xs" variant={title === next?.title ? 'filled' : 'default'}>
                  {action}
                </Button>
              </Group>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  )
}
