import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link, Route, Switch } from 'wouter'
import { t } from './language/t.ts'
import { readParams } from './page-params.ts'
import { SECTIONS } from './sections.ts'
import { Shell } from './shell/shell.tsx'
import { Boundary } from './show/page/boundary.tsx'
import { Empty } from './show/page/empty.tsx'
import { PageHead } from './show/page/page-head.tsx'
import { PageSkeleton } from './show/page/skeletons.tsx'

const PAGES = SECTIONS.flatMap(section => section.pages).map(({ path, load }) => ({ path, Page: lazy(load) }))

export const App = () => (
  <Shell>
    <Boundary>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {PAGES.map(({ path, Page }) => (
            <Route key={path} path={path}>
              {() => <Page params={readParams(path, window.location.pathname)} />}
            </Route>
          ))}
          <Route>
            <PageHead title={t('Page not found')} />
            <Empty
              title={t('There is nothing at this address')}
              action={
                <Button component={Link} href="/" variant="light">
                  {t('Go to the overview')}
                </Button>
              }
            >
              {t('The address may be mistyped, or from another version.')}
            </Empty>
          </Route>
        </Switch>
      </Suspense>
    </Boundary>
  </Shell>
)
