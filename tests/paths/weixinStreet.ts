import { localPlaces, placeNear, usualPlace } from '../../src/platform/localPlaces.ts'
import { useShop } from '../miniprogram/support.ts'
import type { Phone } from '../miniprogram/phone.ts'
import { isInSight, seenIn } from '../support/touch.ts'
import type { Hand, Outing, Street } from './hand.ts'

/** The `mp-weixin` build in the phone of tests/miniprogram. */
export function useWeixinStreet(): Street {
  const world = useShop()
  return {
    get shop() { return world.shop },
    phoneOf: async (person, way = {}) => handOn(await world.phoneOf(person, way)),
  }
}

/** What WeChat was asked to do outside the mini program, of all that it writes down. */
const outingOf: Partial<Record<string, (asked: Record<string, unknown>) => Outing>> = {
  makePhoneCall: ({ phoneNumber }) => ({ phone: String(phoneNumber) }),
  openLocation: ({ latitude, longitude }) => ({ latitude: Number(latitude), longitude: Number(longitude) }),
}

function handOn(phone: Phone): Hand {
  let heard = 0
  const seen = (target: string) => seenIn(phone.screen.locator('wx-page:not([hidden])'), target)
  const words = async () => [await phone.text(), ...await phone.page.locator('#over').allInnerTexts()].join('\n')
  return {
    tap: target => phone.tap(target),
    type: (target, text) => phone.type(target, text),
    see: target => phone.see(target),
    inSight: target => phone.until(`"${target}" to be in sight`, async () => {
      const element = seen(target).first()
      return await element.count() > 0 && element.evaluate(isInSight)
    }),
    gone: target => phone.until(`"${target}" to go`, async () => await seen(target).count() === 0),
    read: wanted => phone.until(`"${wanted}" to be read`, async () => (await words()).includes(wanted)),
    texts: target => seen(target).allInnerTexts(),
    attribute: async (target, name) => {
      await phone.see(target)
      return seen(target).first().getAttribute(name)
    },
    arrived: () => phone.until('the page in front', async () => await seen('wx-view').count() > 0),
    route: () => phone.route(),
    open: way => phone.open(way),
    scrollToEnd: () => phone.screen.evaluate(() => scrollTo(0, document.documentElement.scrollHeight)),
    scrolledPx: () => phone.screen.evaluate(() => scrollY),
    swipe: async (target) => {
      await phone.see(target)
      await seen(target).first().hover()
      await phone.page.mouse.wheel(300, 0)
    },
    back: () => phone.tap('#back'),
    pay: () => phone.pay(),
    leaveCashier: () => phone.leaveCashier(),
    takePicture: async (target, widthPx = 64) => {
      await phone.will('camera', { value: widthPx })
      await phone.tap(target)
    },
    choosePlace: async (target, name) => {
      await phone.will('chooseLocation', { value: placeNear(usualPlace, localPlaces.find(place => place.name === name)!) })
      await phone.tap(target)
    },
    // The person says yes unless told otherwise.
    confirmReceipt: target => phone.tap(target),
    standAt: where => phone.will('getFuzzyLocation', where ? { value: where } : { fail: 'auth deny' }),
    pullDown: () => phone.pullDown(),
    setOffline: isOffline => phone.setOffline(isOffline),
    outings: async () => (await phone.deeds()).flatMap(({ api, options }) => outingOf[api]?.(options as Record<string, unknown>) ?? []),
    asked: () => {
      const calls = phone.calls().slice(heard)
      heard += calls.length
      return calls.map(call => call.data.action ?? call.name)
    },
    until: (what, check) => phone.until(what, check),
  }
}
