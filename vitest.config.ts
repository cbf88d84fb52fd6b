import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@contracts': fileURLToPath(new URL('./contracts', import.meta.url)), '@': fileURLToPath(new URL('./src', import.meta.url)) }

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/miniprogram/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    minWorkers: 1,
  },
})
