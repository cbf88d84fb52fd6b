import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'

/** docs/storefront.md tells which test shows what: it must not speak of tests that are gone, nor keep silent about a path. */
const page = readFileSync(path.join(root, 'docs/storefront.md'), 'utf8')
const rows = page.split('\n').filter(line => line.startsWith('|'))
const named = new Set(rows.flatMap(row => [...row.matchAll(/`([A-Za-z/]+)`/g)].map(([, name]) => name!)))
const isTest = (name: string) => [`${name}.test.ts`, `paths/${name}.test.ts`, name].some(file => existsSync(path.join(root, 'tests', file)))

it('names tests that are there', () => {
  expect([...named].filter(name => !isTest(name) && !['wcc', 'wcsc'].includes(name))).toEqual([])
})

it('names every path', () => {
  const paths = readdirSync(path.join(root, 'tests/paths')).filter(file => file.endsWith('.test.ts')).map(file => file.slice(0, -'.test.ts'.length))
  expect(paths.filter(name => !named.has(name) && !named.has(`paths/${name}`))).toEqual([])
})
