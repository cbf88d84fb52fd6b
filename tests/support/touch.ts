import type { Locator, Page } from 'playwright-core'

/** `.name`, `#id`, `[attribute]` and `wx-tag` are selectors; everything else is a text or an aria-label, whole. */
function isSelector(target: string): boolean {
  return /^([.#[]|wx-)/.test(target)
}

/** What a person would call by this name, in this place, and can see. */
export function seenIn(place: Locator, target: string): Locator {
  const named = place.getByText(target, { exact: true }).or(place.getByLabel(target, { exact: true }))
  return (isSelector(target) ? place.locator(target) : named).filter({ visible: true })
}

/** The first of these places that shows it: what lies over a page comes before the page. */
export async function visibleIn(places: Locator[], target: string): Promise<Locator | undefined> {
  for (const place of places) {
    const seen = seenIn(place, target)
    if (await seen.count() > 0) return seen.first()
  }
  return undefined
}

/** Whether a finger would land on the element, which stands still, and on nothing over it. Scrolls it away from what covers it. */
export function isReachable(element: Element): Promise<boolean> {
  const before = element.getBoundingClientRect()
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      // A list may have been drawn anew since the last frame: what was left of it belongs to no document.
      if (!element.isConnected) return resolve(false)
      const { x, y, width, height } = element.getBoundingClientRect()
      if (x !== before.x || y !== before.y) return resolve(false)
      // Inside a built-in component the document only knows the component.
      const hit = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x + width / 2, y + height / 2)
      if (hit && (element.contains(hit) || hit.contains(element))) return resolve(true)
      element.scrollIntoView({ block: 'center', behavior: 'instant' })
      resolve(false)
    })
  })
}

/** Whether the middle of an element can be seen right now, without scrolling. */
export function isInSight(element: Element): boolean {
  if (!element.isConnected) return false
  const { x, y, width, height } = element.getBoundingClientRect()
  const hit = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(x + width / 2, y + height / 2)
  return hit !== null && (element.contains(hit) || hit.contains(element))
}

/** Puts a finger on the middle of an element. False when it went away. A mouse: Chromium would move a touch to the nearest field. */
export async function touch(page: Page, element: Locator): Promise<boolean> {
  // A list may be drawn anew between a look and the finger.
  if (!await element.scrollIntoViewIfNeeded().then(() => true, () => false)) return false
  const box = await element.boundingBox()
  if (!box) return false
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  return true
}
