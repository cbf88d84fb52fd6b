import { expect, it } from 'vitest'
import { readBuild } from './compile/readBuild.ts'
import { buildDir, useShop } from './support.ts'

const world = useShop()

it.each(readBuild(buildDir).pages)('%s opens by itself, as from a link', async (path) => {
  const phone = await world.phoneOf('alice', { path })
  await phone.until('words on the page', async () => /\p{Script=Han}/u.test(await phone.text()))
  expect(await phone.route()).toBe(path)
})
