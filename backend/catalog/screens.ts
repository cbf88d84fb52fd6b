import { done } from '../../contracts/outcome.ts'
import type { MenuScreen } from '../../contracts/catalog.ts'
import type { World } from '../ports.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import { theStore, viewStore } from '../store/stores.ts'
import { initialsOf } from './pinyin.ts'
import { categories, productsOnMenu } from './products.ts'
import { USUAL_MAX, usualOf } from './usual.ts'

/** The whole menu in one call, with what this person likes; null is a person whom nobody knows. Needs no login. */
export async function menu(world: World, openid: string | null) {
  const [store, rail, products, usual] = await Promise.all([
    theStore(world), categories(world, 'Menu'), productsOnMenu(world), openid === null ? [] : usualOf(world, openid),
  ])
  const screen: MenuScreen = {
    store: viewStore(store, world.clock.nowMs(), await kitchenOf(world, store)),
    categories: rail,
    products: products.map(product => ({ ...product, initials: initialsOf(product.name.zh) })),
    usual: usual.filter(({ productId }) => products.some(product => product.id === productId)).slice(0, USUAL_MAX),
  }
  return done(screen)
}
