/* Each function here runs inside the page: it may use nothing but what the browser gives it. */

/** Controls that say nothing to those who listen to the screen. */
export function namelessControls(): string[] {
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
  return [...document.querySelectorAll('uni-page *')]
    .filter((element) => {
      const role = element.getAttribute('role') ?? ''
      const events = Object.getOwnPropertySymbols(element).find(symbol => symbol.description === '_vei')
      const listens = events !== undefined && 'onClick' in (element as unknown as Record<symbol, object>)[events]!
      return listens || ['button', 'link', 'tab', 'radio', 'checkbox', 'switch'].includes(role)
        || ['uni-button', 'uni-input', 'uni-textarea'].includes(element.localName)
    })
    // The browser's own bar and dots are uni-app's, and not in a mini program.
    .filter(element => isSeen(element) && !element.closest('[aria-hidden="true"], .uni-page-head, .uni-swiper-dots'))
    .filter((element) => {
      const field = element.querySelector('input, textarea')
      const words = [element.getAttribute('aria-label'), element.textContent, field?.getAttribute('placeholder'), field?.getAttribute('aria-label')]
      return words.every(word => !word?.trim())
    })
    .map(element => `no name: ${element.localName}.${element.className}`)
}

/** Controls that a thumb would miss. Their reach may be larger than what is drawn (`reach` of uni.scss). */
export function smallTargets(): string[] {
  const leastPx = 43.5
  const roles = ['button', 'tab', 'radio', 'checkbox', 'switch'].map(role => `uni-page [role="${role}"]`)
  return [...document.querySelectorAll<HTMLElement>(['uni-page uni-button', ...roles].join(', '))]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[aria-hidden="true"]'))
    .flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      if (width === 0 || height === 0) return []
      const reach = getComputedStyle(element, '::before')
      const isReach = reach.position === 'absolute' && reach.content !== 'none'
      const side = (value: string) => isReach ? Math.max(0, -Number.parseFloat(value) || 0) : 0
      const wide = width + side(reach.left) + side(reach.right)
      const high = height + side(reach.top) + side(reach.bottom)
      return wide < leastPx || high < leastPx ? [`too small: ${element.className || element.localName} ${Math.round(wide)} × ${Math.round(high)}`] : []
    })
}

/** Texts in the other language. Names of languages and places stand in their own, and what people wrote stays as they wrote it. */
export function foreignTexts([locale, ownWords]: readonly [string, readonly string[]]): string[] {
  const isForeign = (text: string) =>
    locale.startsWith('en') ? /\p{Script=Han}/u.test(text.replaceAll('中文', '')) : /[a-z]{3,} [a-z]{3,}/i.test(text)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent?.closest('.review__author, .review__face, .review__text, .review__answer, .region-name, .uni-textarea-compute')) continue
    if (ownWords.some(words => node.textContent?.includes(words))) continue
    if (!parent || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName) || !parent.checkVisibility()) continue
    texts.push(node.textContent ?? '')
  }
  for (const element of document.querySelectorAll('uni-page [aria-label], uni-page [placeholder]')) {
    // A control may be named after somebody: the rest of its name is ours.
    const name = element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? ''
    texts.push(ownWords.reduce((rest, words) => rest.replaceAll(words, ''), name))
  }
  return texts.filter(isForeign).map(text => `other language: ${text.trim().slice(0, 60)}`)
}

/** Texts that are hard to read: less than 4.5 to 1 against what lies under them (3 for large ones). Source: WCAG 2.2, AA. */
export function faintTexts(): string[] {
  type Colour = [r: number, g: number, b: number, a: number]
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
  const read = (css: string): Colour => {
    canvas.clearRect(0, 0, 1, 1)
    canvas.fillStyle = css
    canvas.fillRect(0, 0, 1, 1)
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top: Colour, under: Colour): Colour => {
    const part = (index: 0 | 1 | 2) => top[index] * top[3] + under[index] * (1 - top[3])
    return [part(0), part(1), part(2), 1]
  }
  const shine = ([r, g, b]: Colour) => {
    const linear = (part: number) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    const [x = 0, y = 0, z = 0] = [r, g, b].map(part => linear(part / 255))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  /** What is under an element, or null where a picture or a gradient is. */
  const ground = (element: Element | null): Colour | null => {
    const colours: Colour[] = []
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.backgroundImage !== 'none') return null
      const colour = read(style.backgroundColor)
      colours.push(colour)
      if (colour[3] === 1) break
    }
    return colours.reverse().reduce<Colour>((under, layer) => over(layer, under), [255, 255, 255, 1])
  }
  const opacity = (element: Element | null): number => {
    let whole = 1
    for (let at = element; at; at = at.parentElement) whole *= Number(getComputedStyle(at).opacity)
    return whole
  }
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!node.textContent?.trim() || !parent?.checkVisibility({ visibilityProperty: true })) continue
    if (parent.closest('[aria-disabled="true"], [disabled], uni-toast, script, style')) continue
    const box = parent.getBoundingClientRect()
    // Further slides are out of sight; what lies over a picture is judged by eye.
    if (box.right <= 0 || box.left >= innerWidth) continue
    const layers = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2)
    if (layers.some(one => one.localName === 'uni-image')) continue
    const style = getComputedStyle(parent)
    const seen = opacity(parent)
    const under = ground(parent)
    if (!under || seen < 0.1) continue
    const ink = read(style.color)
    const [light = 0, dark = 0] = [shine(over([ink[0], ink[1], ink[2], ink[3] * seen], under)), shine(under)].sort((a, b) => b - a)
    const ratio = (light + 0.05) / (dark + 0.05)
    const px = Number.parseFloat(style.fontSize)
    const needed = px >= 24 || (px >= 18.5 && Number(style.fontWeight) >= 600) ? 3 : 4.5
    if (ratio < needed - 0.01) found.push(`faint: "${node.textContent.trim().slice(0, 20)}" ${ratio.toFixed(2)} (${parent.closest('[class]')?.className ?? ''})`)
  }
  return found
}

/** Texts that do not fit any more: they spill out of what holds them, or the page has to be moved sideways. */
export function clippedTexts(): string[] {
  /** What an element around cuts off is not seen at all. */
  const clipOf = (element: HTMLElement): DOMRect | null => {
    let at: HTMLElement | null = element
    while (at && getComputedStyle(at).overflowY === 'visible') at = at.parentElement
    return at ? at.getBoundingClientRect() : null
  }
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth + 1) found.push(`the page is ${scrollWidth} px wide on ${clientWidth}`)
  const walker = document.createTreeWalker(document.querySelector('uni-page:last-of-type') ?? document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!node.textContent?.trim() || !parent?.checkVisibility({ visibilityProperty: true })) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const text = range.getBoundingClientRect()
    // Letters of large figures reach beyond a tight line without touching anything.
    const slack = Math.max(4, Number.parseFloat(getComputedStyle(parent).fontSize) * 0.2)
    const clip = clipOf(parent)
    if (clip && (text.top >= clip.bottom - 6 || text.bottom <= clip.top || text.left >= clip.right || text.right <= clip.left)) continue
    for (let at: HTMLElement | null = parent; at && !at.localName.startsWith('uni-page'); at = at.parentElement) {
      const style = getComputedStyle(at)
      if (['absolute', 'fixed', 'sticky'].includes(style.position) || style.overflowY !== 'visible') break
      const box = at.getBoundingClientRect()
      if (box.height > 0 && style.display !== 'inline' && text.bottom > box.bottom + slack && at.localName === 'uni-view') {
        found.push(`"${node.textContent.trim().slice(0, 20)}" spills ${Math.round(text.bottom - box.bottom)} px out of ${at.className}`)
        break
      }
    }
  }
  return found
}
