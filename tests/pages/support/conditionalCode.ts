import { createRequire } from 'node:module'
import type { Plugin } from 'vitest/config'

interface Preprocessor {
  initPreContext(platform: string): void
  preHtml(code: string, file: string): string
  preJs(code: string, file: string): string
}

const preprocessor = createRequire(import.meta.url)('@dcloudio/uni-cli-shared/dist/preprocess/index.js') as Preprocessor

/** Keeps the lines of one platform, as uni-app's own build does: without it both branches of `#ifdef` would run. */
export function conditionalCode(platform: 'h5' | 'mp-weixin'): Plugin {
  preprocessor.initPreContext(platform)
  return {
    name: 'conditional-code',
    enforce: 'pre',
    transform(code, id) {
      const file = id.split('?')[0]!
      if (!file.includes('/src/') || !code.includes('#if')) return null
      const script = preprocessor.preJs(code, file)
      return { code: file.endsWith('.vue') ? preprocessor.preHtml(script, file) : script, map: null }
    },
  }
}
