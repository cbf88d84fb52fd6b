import { fileURLToPath } from 'node:url'
import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig } from 'vite'
import { pageFrame } from './scripts/steps/vite/pageFrame.ts'
import { shapesOf } from './scripts/steps/vite/shapes.ts'
import { textScale } from './scripts/steps/vite/textScale.ts'

// The plugin is a CommonJS module: under "type": "module" its function sits in `default`.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin

export default defineConfig({
  plugins: [pageFrame(process.env.UNI_PLATFORM ?? ''), uni()],
  css: { postcss: { plugins: [textScale()] } },
  define: { 'import.meta.env.VITE_SHAPES': JSON.stringify(shapesOf()) },
  resolve: { alias: { '@contracts': fileURLToPath(new URL('./contracts', import.meta.url)) } },
})
