import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { root } from '../root.ts'

interface PageEntry { path: string, style?: { navigationStyle?: string } }

interface PagesJson {
  pages: PageEntry[]
  subPackages?: { root: string, pages: PageEntry[] }[]
  tabBar?: { list: { pagePath: string, iconPath: string }[] }
}

/** What the frame must know about a page: the names of all tabs' icons where it is one of them, and whether it draws its own bar. */
export interface FramedPage { tabs: string[], hasOwnBar: boolean }

/** Every page of pages.json by its path without ending. */
export function framedPages(): Map<string, FramedPage> {
  const { pages, subPackages = [], tabBar } = JSON.parse(readFileSync(path.join(root, 'pages.json'), 'utf8')) as PagesJson
  const tabs = new Set(tabBar?.list.map(({ pagePath }) => pagePath))
  // `@homeIcon` stands for the picture of the tab `home` in either theme.
  const names = (tabBar?.list ?? []).map(({ iconPath }) => iconPath.replace(/^@|Icon$/g, ''))
  const all = [...pages, ...subPackages.flatMap(one => one.pages.map(page => ({ ...page, path: `${one.root}/${page.path}` })))]
  return new Map(all.map(page => [page.path, { tabs: tabs.has(page.path) ? names : [], hasOwnBar: page.style?.navigationStyle === 'custom' }]))
}

/**
 * Gives every page of pages.json what all of them have (text size, theme, the word about the network) without a line in the
 * page itself, so that a new page cannot forget it. A mini program takes `<page-meta>` only as the first thing of a page.
 */
export function pageFrame(platform: string): Plugin {
  const pages = framedPages()
  return {
    name: 'page-frame',
    enforce: 'pre',
    transform(code, id) {
      const [file = '', query] = id.split('?')
      if (query !== undefined || !file.endsWith('.vue')) return null
      const page = pages.get(path.relative(path.join(root, 'src'), file).replaceAll(path.sep, '/').slice(0, -'.vue'.length))
      return page ? { code: framed(code, page, platform), map: null } : null
    },
  }
}

export function framed(code: string, { tabs, hasOwnBar }: FramedPage, platform: string): string {
  const script = /<script setup lang="ts"[^>]*>\n/.exec(code)
  const open = code.indexOf('<template>')
  const close = code.lastIndexOf('</template>')
  if (!script || open < 0 || close < open) throw new Error('A page needs a <script setup lang="ts"> and a <template>.')
  const meta = platform === 'mp-weixin' ? '<page-meta :page-style="pageFrameStyle" />' : ''
  const lines = [
    'import NetworkNotice from \'@/components/NetworkNotice.vue\'',
    'import { usePageFrame } from \'@/composables/usePageFrame\'',
    `const { pageStyle: pageFrameStyle } = usePageFrame({ tabs: ${JSON.stringify(tabs)} })`,
  ]
  const inside = `<template>${meta}${code.slice(open + '<template>'.length, close)}<NetworkNotice :is-low="${hasOwnBar}" />\n</template>`
  const whole = code.slice(0, open) + inside + code.slice(close + '</template>'.length)
  return whole.replace(script[0], `${script[0]}${lines.join('\n')}\n`)
}
