import { expect, it } from 'vitest'
import { readBuild } from './compile/readBuild.ts'
import { buildDir, useShop } from './support.ts'

const world = useShop()

/** What a page may send before anything is seen. */
const firstBytesMax = 64 * 1024
/** More rows than this stand on no screen: a longer list is drawn in parts, or grows as it is scrolled. */
const rowsMax = 40

it.each(readBuild(buildDir).pages)('%s opens by itself, as from a link, and sends its view little', async (path) => {
  const phone = await world.phoneOf('alice', { path })
  await phone.until('words on the page', async () => /\p{Script=Han}/u.test(await phone.text()))
  expect(await phone.route()).toBe(path)
  const { firstBytes, largestBytes, longestList } = await phone.setData()
  expect(firstBytes[path]).toBeLessThanOrEqual(firstBytesMax)
  expect(largestBytes).toBeLessThanOrEqual(firstBytesMax)
  expect(longestList[path]).toBeLessThanOrEqual(rowsMax)
})
