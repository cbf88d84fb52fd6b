// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { linesMax, quantityMax, useCart } from '@/stores/cart'
import { freshPhone } from './support/phone'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)

beforeEach(() => {
  freshPhone()
  setActivePinia(createPinia())
})

const wish = (productId: string, quantity = 1, choiceIds: string[] = []) => ({ productId, choiceIds, quantity })

it('puts the same wish on one line, and another choice on another', () => {
  const cart = useCart()
  cart.add(wish('tea', 1, ['large']))
  cart.add(wish('tea', 2, ['large']))
  cart.add(wish('tea', 1, ['medium']))
  expect(cart.lines.map(line => line.quantity)).toEqual([3, 1])
  expect(cart.quantityOf('tea')).toBe(4)
})

it('is still there after the phone was closed', () => {
  useCart().add(wish('tea', 2))
  setActivePinia(createPinia())
  expect(useCart().lines).toEqual([wish('tea', 2)])
})

it('keeps the limits that the server keeps', () => {
  const cart = useCart()
  cart.add(wish('tea', quantityMax))
  cart.add(wish('tea', 5))
  expect(cart.count).toBe(quantityMax)
  for (let index = 1; index < linesMax; index++) expect(cart.add(wish(`goods-${index}`))).toBe(true)
  expect(cart.add(wish('one-too-many'))).toBe(false)
  expect(cart.lines).toHaveLength(linesMax)
})

it('takes the last piece of a line out with the line', () => {
  const cart = useCart()
  cart.add(wish('tea', 1, ['large']))
  cart.add(wish('tea', 1, ['medium']))
  cart.takeOne('tea')
  expect(cart.lines).toEqual([wish('tea', 1, ['large'])])
  cart.takeOne('unknown')
  expect(cart.count).toBe(1)
})
