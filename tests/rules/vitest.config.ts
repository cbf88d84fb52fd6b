import { defineConfig } from 'vitest/config'

/** The pure rules alone, for mutation testing: quick, and without the database. */
export default defineConfig({
  test: { include: ['tests/rules/*.test.ts'] },
})
