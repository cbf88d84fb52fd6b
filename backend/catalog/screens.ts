import { done } from '../../contracts/outcome.ts'
import type { HomeScreen, MenuScreen, Product } from '../../contracts/catalog.ts'
import type { World } from '../ports.ts'
import { arrive } from '../link/links.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import { theStore, viewStore } from '../store/stores.ts'
import { initialsOf } from './pinyin.ts'
import { categories, productsOnSale } from './products.ts'
import { USUAL_MAX, usualOf } from './usual.ts'

/** The home screen in one call, and where the scanned code leads. Needs no login: the search crawler has none. */
export async function home(world: World, input: { scene?: string }) {
  const [store, products, arrival] = await Promise.all([
    theStore(world),
    productsOnSale(world),
    input.scene === undefined ? null : arrive(world, input.scene),
  ])
  const screen: HomeScreen = {
    store: viewStore(store, world.clock.nowMs(), await kitchenOf(world, store)),
    arrival,
    banners: store.banners,
    recommended: products.filter(product => product.recommended).map(withoutMark),
    mall: products.filter(product => product.kind === 'Mall').map(withoutMark),
  }
  return done(screen)
}

/** The whole menu in one call, with what this person likes; null is a person whom nobody knows. Needs no login. */
export async function menu(world: World, openid: string | null) {
  const [store, rail, products, usual] = await Promise.all([
    theStore(world), categories(world), productsOnSale(world), openid === null ? [] : usualOf(world, openid),
  ])
  const screen: MenuScreen = {
    store: viewStore(store, world.clock.nowMs(), await kitchenOf(world, store)),
    categories: rail,
    products: products.map(product => ({ ...withoutMark(product), initials: initialsOf(product.name.zh) })),
    usual: usual.filter(({ productId }) => products.some(product => product.id === productId && product.kind === 'Menu')).slice(0, USUAL_MAX),
  }
  return done(screen)
}

const withoutMark = ({ recommended: _recommended, ...product }: Product & { recommended: boolean }): Product => product
