import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { schemeScript, themeSheet } from './theme-plugins.ts'

export default defineConfig({
  base: '/console/',
  plugins: [react(), themeSheet(), schemeScript()],
  build: {
    outDir: '../dist-web',
    emptyOutDir: true,
    target: 'es2023',
    // A file of its own for everything: `data:` addresses would widen the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For work on the pages: `npm run dev:web` beside a running server.
  server: { proxy: { '^/(v1|login|logout|assets|oauth2)': 'http://127.0.0.1:8420' } },
})
