import type { Pages } from '../framework/pages.ts'
import type { Person } from '../person.ts'
import { asyncApi } from './asyncApi.ts'

/** Sharing: what stands in the menu behind the three dots. The card itself comes from the page's own hook. */
export function shareApi(pages: Pages, person: Person) {
  return {
    showShareMenu: asyncApi('showShareMenu', ({ menus = ['shareAppMessage'] }: { menus?: string[] }) => { pages.shareMenus = new Set(menus) }),
    hideShareMenu: asyncApi('hideShareMenu', () => { pages.shareMenus = new Set() }),
    updateShareMenu: asyncApi('updateShareMenu', () => undefined),
    openCustomerServiceChat: asyncApi('openCustomerServiceChat', (options: object) => person.did('openCustomerServiceChat', options)),
  }
}
