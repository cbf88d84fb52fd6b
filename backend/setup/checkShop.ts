import type { ShopCheck, ShopFinding } from '../../contracts/attention.ts'
import { categories, products } from '../catalog/products.ts'
import { attempts } from '../payment/attempts.ts'
import type { Gateway, World } from '../ports.ts'
import schema from '../schema.json' with { type: 'json' }
import type { StoreDocument } from '../store/stores.ts'
import { checkPayment } from './rules.ts'

/** A shop with more goods than these has looked at its words by itself. */
const GOODS_MAX = 1000

/**
 * Looks over how the shop is set up, from inside the cloud, where its keys and its database are. Indexes and the rules of
 * functions cannot be read from there. One operation for each collection, and up to eight more.
 */
export async function checkShop(world: World): Promise<ShopCheck> {
  const missing = await missingCollections(world)
  if (missing.length > 0) return { findings: missing, gateway: world.settings.gateway }
  const [store, payment] = await Promise.all([
    world.database.collection<StoreDocument>('stores').read(world.settings.storeId),
    paymentFindings(world),
  ])
  const findings: ShopFinding[] = [...store ? [] : [{ kind: 'StoreMissing' as const, detail: world.settings.storeId }], ...payment]
  return { findings, gateway: world.settings.gateway }
}

async function paymentFindings(world: World): Promise<ShopFinding[]> {
  const { gateway, gatewayText } = world.settings
  const gateways = Object.keys(world.gateways) as Gateway[]
  const [goods, rail, taken] = await Promise.all([
    products(world).find({ where: { onSale: true }, limit: GOODS_MAX }),
    Promise.all([categories(world, 'Menu'), categories(world, 'Mall')]),
    Promise.all(gateways.map(one => attempts(world).find({ where: { gateway: one }, limit: 1 }))),
  ])
  const categoryOf = (id: string) => rail.flat().find(one => one.id === id)?.name.zh ?? ''
  return checkPayment({
    gateway,
    gatewayText,
    problems: { 'cloudpay': world.gateways.cloudpay.problem, 'wechat-v3': world.gateways['wechat-v3'].problem },
    used: gateways.filter((_, place) => taken[place]!.length > 0),
    goods: goods.map(({ kind, name, categoryId }) => ({ kind, name: name.zh, category: categoryOf(categoryId) })),
  })
}

/** The cloud makes no collection by itself: a forgotten one stops whatever needs it. */
async function missingCollections(world: World): Promise<ShopFinding[]> {
  const found = await Promise.all(schema.collections.map(async ({ name }): Promise<ShopFinding[]> => {
    try {
      await world.database.collection(name).find({ where: {}, limit: 1 })
      return []
    } catch (error) {
      if (!/502005|COLLECTION_NOT_EXIST|collection not exist/i.test(String(error))) throw error
      return [{ kind: 'CollectionMissing', detail: name }]
    }
  }))
  return found.flat()
}
