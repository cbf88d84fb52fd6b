import { readFile } from 'node:fs/promises'

/** The pages of the mini program; without a list every page counts as one. */
export interface Pages {
  /** True for a page's path, with or without a query. */
  has(path: string): boolean
}

/** Accepts every page. */
export const anyPage: Pages = { has: () => true }

interface PageList {
  pages?: (string | { path: string })[]
  subPackages?: { root: string, pages?: (string | { path: string })[] }[]
  subpackages?: { root: string, pages?: (string | { path: string })[] }[]
}

/** Reads the pages from an app.json or from the pages.json of uni-app, which may have comments. Rejects when it is neither. */
export async function readPages(file: string): Promise<Pages> {
  const list = JSON.parse(withoutComments(await readFile(file, 'utf8'))) as PageList
  if (!Array.isArray(list.pages)) throw new Error('it has no list of pages')
  const packages = list.subPackages ?? list.subpackages ?? []
  const inPackages = packages.flatMap(({ root, pages = [] }) => pages.map(page => `${root.replace(/\/$/, '')}/${pathOf(page)}`))
  const known = new Set([...list.pages.map(pathOf), ...inPackages])
  return { has: path => known.has(path.split('?')[0] ?? '') }
}

function pathOf(page: string | { path: string }): string {
  return typeof page === 'string' ? page : page.path
}

function withoutComments(text: string): string {
  return text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, literal: string | undefined) => literal ?? '')
}
