import { describe, expect, it } from 'vitest'
import { useShop } from './support.ts'

const world = useShop()

describe('the home page', () => {
  it('shows the store and what it sells, from one call', async () => {
    const phone = await world.phoneOf('alice')
    await phone.see('小铺茶屋')
    await phone.see('黑糖珍珠鲜奶')
    expect(await phone.text()).toContain('18')
    expect(phone.calls().map(call => call.data.action)).toEqual(['home'])
  })

  it('sends its view layer little, and little at once', async () => {
    const phone = await world.phoneOf('bob')
    await phone.see('黑糖珍珠鲜奶')
    const { largestBytes, firstBytes } = await phone.setData()
    expect(firstBytes['pages/home/home']).toBeLessThanOrEqual(64 * 1024)
    expect(largestBytes).toBeLessThanOrEqual(64 * 1024)
  })

  it('greets a customer whose phone speaks English in English', async () => {
    const phone = await world.phoneOf('carol', { language: 'en' })
    await phone.see('Dine in')
  })

  it('is dark on a dark phone, bars and all', async () => {
    const phone = await world.phoneOf('dora', { theme: 'dark' })
    await phone.see('小铺茶屋')
    const tabs = await phone.page.locator('#tabs').evaluate(bar => getComputedStyle(bar).backgroundColor)
    expect(tabs).toBe('rgb(29, 28, 26)')
  })
})
