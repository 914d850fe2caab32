import '@mantine/core/styles.css'
import 'virtual:theme.css'
import { Button, MantineProvider, Title } from '@mantine/core'
import { createRoot } from 'react-dom/client'
import { theme } from './theme.ts'

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Title>Hello</Title>
      <Button>Go</Button>
    </MantineProvider>,
  )
