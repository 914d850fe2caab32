import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { operationTable } from './contract-plugin.ts'
import { consolePreload, schemeScript, themeSheet } from './page-plugins.ts'

export default defineConfig({
  base: '/console/',
  // The server may have a path of its host. Only the page contains it; files refer to each other by relative addresses.
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `/console/${file}` : { relative: true }),
  },
  plugins: [react(), operationTable(), themeSheet(), schemeScript(), consolePreload()],
  build: {
    outDir: '../dist-web',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A file of its own for everything: `data:` addresses would widen the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The pages take rules of the contract, and leave its schemas out.
    rollupOptions: { treeshake: { moduleSideEffects: [{ test: /\/src\/wire\/admin\//, sideEffects: false }] } },
  },
  // For work on the pages: `npm run dev:web` beside a running server.
  server: { proxy: { '^/(v1|login|logout|assets|oauth2)': 'http://127.0.0.1:8420' } },
})
