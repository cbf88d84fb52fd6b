import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Every file brings two processes of its own, so that one file after the other fills two cores. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: { include: ['*.test.ts'], testTimeout: 300_000, hookTimeout: 60_000, fileParallelism: false, maxConcurrency: 2 },
})
