import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'),
  // Nobody watches these files, and two runs side by side would want one port.
  server: { hmr: false },
  test: {
    include: ['tests/miniprogram/*.test.ts', 'tests/paths/*.test.ts'],
    env: { PHONE: 'mp-weixin' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    maxWorkers: 1,
    minWorkers: 1,
  },
})
