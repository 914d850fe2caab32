import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { Problem } from './api/ask.ts'
import { BASE } from './api/base.ts'
import { SessionGate } from './api/session.tsx'
import { App } from './app.tsx'
import { Proof } from './shell/proof.tsx'
import { Notices } from './show/page/notices.tsx'
import { theme } from './theme.ts'

const queries = new QueryClient({
  defaultOptions: {
    // Sends requests even if the browser reports no network, because a failed request shows an error and a waiting one
    // shows nothing.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // Repeats only if the server cannot be reached, because a refusal would be repeated too.
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 502),
    },
  },
})

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <QueryClientProvider client={queries}>
          <Router base={`${BASE}/console`}>
            <SessionGate>
              <App />
              <Proof />
            </SessionGate>
          </Router>
          <Notices />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
