import { afterAll, beforeAll, expect, it } from 'vitest'
import { offersTo } from '../../backend/promotion/coupon/listCoupons.ts'
import type { World } from '../../backend/ports.ts'

const unhandled: unknown[] = []
const note = (error: unknown) => { unhandled.push(error) }
beforeAll(() => { process.on('unhandledRejection', note) })
afterAll(() => { process.off('unhandledRejection', note) })

const template = { _id: 'new', storeId: 'main', state: 'Open', audience: 'NewMembers', scope: { kind: 'All' } }
const later = () => new Promise<void>(resolve => setTimeout(resolve, 5))

/** A shop whose database loses the question for somebody's coupons at once, and is slow with the one for their orders. */
function losing(): World {
  const collections: Record<string, object> = {
    couponTemplates: { find: () => Promise.resolve([template]) },
    coupons: { find: () => Promise.reject(new Error('socket hang up')) },
    orders: { count: () => later().then(() => 0), find: () => later().then(() => []) },
  }
  const database = { collection: (name: string) => collections[name] }
  return { settings: { mainStoreId: 'main' }, database, clock: { nowMs: () => 0 } } as unknown as World
}

it('a call that cannot read somebody\'s coupons fails, and takes no other call with it', async () => {
  await expect(offersTo(losing(), 'o-alice')).rejects.toThrow('socket hang up')
  await later()
  expect(unhandled, 'failures that were left to nobody').toEqual([])
})
