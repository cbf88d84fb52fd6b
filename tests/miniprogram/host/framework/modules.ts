import type { MiniProgram } from '../../compile/package.ts'

/** Browser globals that the logic layer of WeChat does not have. Code that reaches for one fails here as it does there. */
const absent = [
  'window', 'document', 'self', 'top', 'parent', 'frames', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage',
  'indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Image', 'Audio', 'Worker', 'URL', 'URLSearchParams',
  'Blob', 'File', 'FormData', 'Headers', 'Request', 'Response', 'AbortController', 'TextEncoder', 'TextDecoder', 'crypto',
  'structuredClone', 'requestAnimationFrame', 'matchMedia', 'getComputedStyle', 'alert', 'confirm', 'customElements', 'postMessage',
  'atob', 'btoa', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'HTMLElement', 'Event', 'CustomEvent', 'performance',
]

/** Runs the build's CommonJS files with the globals of a mini program and nothing else. */
export class Modules {
  private readonly loaded = new Map<string, { exports: unknown }>()

  constructor(
    private readonly scripts: MiniProgram['scripts'],
    private readonly globals: Record<string, unknown>,
  ) {}

  /** Runs a file once and answers what it exports. */
  require(file: string): unknown {
    const known = this.loaded.get(file)
    if (known) return known.exports
    const source = this.scripts[file]
    if (source === undefined) throw new Error(`There is no ${file} in the build`)
    const module = { exports: {} as unknown }
    this.loaded.set(file, module)
    this.run(file, source, module)
    return module.exports
  }

  private run(file: string, source: string, module: { exports: unknown }): void {
    const scope: Record<string, unknown> = {
      ...Object.fromEntries(absent.map(name => [name, undefined])),
      ...this.globals,
      require: (name: string) => this.require(resolve(file, name)),
      module,
      exports: module.exports,
    }
    new Function(...Object.keys(scope), `${source}\n//# sourceURL=mini-program/${file}`)(...Object.values(scope))
  }
}

function resolve(from: string, name: string): string {
  const parts = name.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of name.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  const file = parts.join('/')
  return file.endsWith('.js') ? file : `${file}.js`
}
