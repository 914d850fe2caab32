import './component-styles.ts'
import 'virtual:theme.css'
import './global.css'
import { loadTexts } from './language/t.ts'

await loadTexts()
await import('./console.tsx')
