import type { Messages } from '../zh'

/** Browsing the menu and choosing, in English. */
export const menu: Pick<Messages, 'browse' | 'item'> = {
  browse: {
    usual: 'Usual',
    search: 'Search the menu',
    clearSearch: 'Clear the search',
    found: p => p.count === 1 ? '1 found' : `${p.count} found`,
    notFound: p => `Nothing called “${p.words}”`,
    notFoundHint: 'Try another word, or see the whole menu',
    backToMenu: 'See the whole menu',
    end: 'That is the whole menu',
    closedUntil: p => `Opens ${p.when}`,
    closedLong: 'Closed for now',
    closedHint: 'Look around and fill your cart until then',
    preorderHint: 'Order ahead for later',
    categories: 'Categories',
  },

  item: {
    optional: 'Optional',
    pickBetween: p => `Choose ${p.min} to ${p.max}`,
    choiceSoldOut: p => `${p.name} is sold out today, everything else is there`,
    perOrderMax: p => `At most ${p.max} per order`,
    asBefore: 'Chosen the way you had it last',
    memberSaves: p => `Members pay ${p.price}: ${p.saving} off at the checkout`,
    contains: p => `Contains ${p.what}`,
    allergens: {
      Milk: 'milk', Gluten: 'gluten', Egg: 'egg', Nuts: 'nuts', Soy: 'soy', Alcohol: 'alcohol', Caffeine: 'caffeine',
    },
    between: ', ',
    inTheSet: 'In this set',
    setSaves: p => `${p.list} one by one, ${p.saving} less as a set`,
    spice: { 1: 'Mild heat', 2: 'Hot', 3: 'Very hot' },
  },
}
