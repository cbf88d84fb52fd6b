import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { conditionalCode } from './tests/pages/support/conditionalCode.ts'

const alias = { '@contracts': fileURLToPath(new URL('./contracts', import.meta.url)), '@': fileURLToPath(new URL('./src', import.meta.url)) }

// The elements that the platform brings; Vue must not look for components of these names.
const builtIn = ['view', 'text', 'image', 'scroll-view', 'swiper', 'swiper-item', 'button', 'textarea', 'input']

export default defineConfig({
  plugins: [conditionalCode('h5'), vue({ template: { compilerOptions: { isCustomElement: tag => builtIn.includes(tag) } } })],
  resolve: { alias },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/miniprogram/**', 'tests/paths/**', 'tests/simulation/**', 'node_modules/**'],
    globalSetup: ['tests/support/prepareRun.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    minWorkers: 1,
  },
})
