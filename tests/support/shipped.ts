import { caller, until } from './localShop.ts'
import type { TestShop } from './localShop.ts'

/** The clerk posts an order in one parcel, and WeChat comes to know of it. */
export async function shipped(shop: TestShop, orderId: string): Promise<void> {
  const clerk = caller(shop.url, 'o-clerk')
  await clerk.login()
  const outcome = await clerk.merchant('shipOrder', { orderId, parcels: [{ company: 'ZTO', trackingNumber: 'ZTO0001' }] })
  if (!outcome.ok) throw new Error(`shipOrder: ${JSON.stringify(outcome)}`)
  const effectId = `UploadShipping_${orderId}_1`
  await until('WeChat to take the shipping', async () => {
    await shop.admin.change('outbox', effectId, { nextAtMs: 0 })
    await shop.manage('timers/timer')
    return (await shop.admin.read<{ state: string }>('outbox', effectId))?.state === 'Done'
  }, 30_000)
}
