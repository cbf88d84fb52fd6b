import { describe, expect, it } from 'vitest'
import { largeLetters, listedScreens } from '../../scripts/steps/screens.ts'
import { clippedTexts } from './look.ts'
import { comesToRest, useWalk } from './walk.ts'

const walk = useWalk('zh-CN')

describe('in large letters every text has its place:', () => {
  it.each(listedScreens)('$name', async ({ name }) => {
    const { screen, phone } = await walk.start(name)
    await phone.page.evaluate(([key, value]) => localStorage.setItem(key, value), largeLetters(screen.person))
    await phone.goto(screen.path)
    await screen.prepare?.(phone.page)
    await comesToRest(phone.page)
    expect([...new Set(await phone.page.evaluate(clippedTexts))]).toEqual([])
  })
})
