import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Nobody watches these files, and two runs side by side would want one port.
  server: { hmr: false },
  test: {
    include: ['e2e/*.test.ts', 'paths/*.test.ts'],
    env: { PHONE: 'h5' },
    testTimeout: 60_000,
    hookTimeout: 90_000,
    fileParallelism: false,
  },
})
