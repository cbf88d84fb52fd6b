import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Pages { pages: { path: string }[], subPackages: { root: string, pages: { path: string }[] }[] }

const folder = new URL('./', import.meta.url)
const { pages, subPackages } = JSON.parse(readFileSync(new URL('../../pages.json', folder), 'utf8')) as Pages
const paths = [...pages.map(({ path }) => path), ...subPackages.flatMap(({ root, pages: own }) => own.map(({ path }) => `${root}/${path}`))]

/** What the test files of this folder open: by its name in the file, mounted there or by `openPage`. */
const opened = readdirSync(folder).filter(name => name.endsWith('.test.ts')).flatMap((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const imported = [...text.matchAll(/^import (\w+) from '@\/(.+)\.vue'$/gm)]
  return imported.filter(([, page]) => new RegExp(`\\b(mount|openPage)\\(${page}\\b`).test(text)).map(([, , path]) => path!)
})

it.each(paths)('%s is opened by a test of this folder', (path) => {
  expect(opened).toContain(path)
})
