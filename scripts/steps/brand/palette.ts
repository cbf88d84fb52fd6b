import { contrast, mix, toHex, toOklch } from './colour.ts'

/** Every colour of the shop by the name of its CSS variable, without the dashes. */
export type Palette = Record<string, string>

/** What all text on a screen must reach. Source: WCAG 2.2, AA. */
export const contrastMin = 4.5

const dayGrounds = { 'bg': '#f5f4f1', 'surface': '#ffffff', 'surface-high': '#ffffff', 'sunk': '#f3f1ec' }

/** What does not depend on the brand: paper, ink, and the colours that mean something. */
const dayBase: Palette = {
  ...dayGrounds,
  'hairline': '#ebe8e2', 'text': '#1f1d1a', 'text-2': '#5c5750', 'text-3': '#6b655d',
  'price': '#b04015', 'price-soft': '#fcefe7', 'badge': '#c4491a', 'on-badge': '#ffffff',
  'notice': '#855600', 'notice-soft': '#fff5de', 'danger': '#b5382a', 'danger-soft': '#fbeae7',
  'mask': 'rgb(20 18 15 / 48%)', 'shadow': '0 4rpx 24rpx rgb(60 50 35 / 6%)', 'shadow-high': '0 12rpx 48rpx rgb(60 50 35 / 16%)',
  'picture-bg': '#f1ede6', 'picture-dim': '1', 'icon-filter': 'none',
}

const nightGrounds = { 'bg': '#121110', 'surface': '#1d1c1a', 'surface-high': '#35322e', 'sunk': '#262421' }

/** Not the day turned over: surfaces get lighter as they rise, colours get softer, pictures step back a little. */
const nightBase: Palette = {
  ...nightGrounds,
  'hairline': '#312f2b', 'text': '#f1eee8', 'text-2': '#b8b2a8', 'text-3': '#a59e94',
  'price': '#f49a68', 'price-soft': '#3a261b', 'badge': '#c1501f', 'on-badge': '#ffffff',
  'notice': '#e9bd66', 'notice-soft': '#352a15', 'danger': '#f08a7c', 'danger-soft': '#3a1f1b',
  'mask': 'rgb(0 0 0 / 62%)', 'shadow': 'none', 'shadow-high': '0 12rpx 48rpx rgb(0 0 0 / 50%)',
  'picture-bg': '#2c2925', 'picture-dim': '.86', 'icon-filter': 'invert(1) brightness(1.15)',
}

/** Darkens (or lightens) a colour, keeping its hue, until it can be read on all of these. */
function readable(colour: string, step: number, grounds: (candidate: string) => string[]): string {
  const wish = toOklch(colour)
  for (let light = wish.light; light > 0 && light < 1; light += step) {
    const candidate = toHex({ ...wish, light })
    if (grounds(candidate).every(ground => contrast(candidate, ground) >= contrastMin)) return candidate
  }
  return step < 0 ? '#000000' : '#ffffff'
}

/** Of two inks the one that can be read better. */
const inkOn = (ground: string, dark: string) => contrast('#ffffff', ground) >= contrastMin ? '#ffffff' : dark

const softOf = (brand: string, surface: string, share: number) => mix(brand, surface, share)

/** The palette of the day. The brand's colour stays as it is where it can be read, and gets darker where it cannot. */
export function dayPalette(colour: string): Palette {
  const brand = readable(colour, -0.005, candidate => [...Object.values(dayGrounds), softOf(candidate, '#ffffff', 0.1)])
  const shape = toOklch(brand)
  return {
    ...dayBase,
    'brand': brand,
    'brand-press': toHex({ ...shape, light: shape.light - 0.07 }),
    'brand-soft': softOf(brand, '#ffffff', 0.1),
    'brand-line': mix(brand, '#ffffff', 0.28),
    'on-brand': inkOn(brand, '#000000'),
  }
}

/** The palette of the night: the same hue, bright enough to be read on dark grounds, with dark letters on it. */
export function nightPalette(colour: string): Palette {
  const wish = toOklch(colour)
  const softened = toHex({ ...wish, light: Math.max(wish.light, 0.72), chroma: Math.min(wish.chroma * 1.1, 0.14) })
  const brand = readable(softened, 0.005, candidate => [...Object.values(nightGrounds), softOf(candidate, '#1d1c1a', 0.16)])
  const shape = toOklch(brand)
  const ink = toHex({ ...shape, light: 0.22, chroma: Math.min(shape.chroma, 0.05) })
  const press = toHex({ ...shape, light: shape.light - 0.05 })
  return {
    ...nightBase,
    'brand': brand,
    'brand-press': press,
    'brand-soft': softOf(brand, '#1d1c1a', 0.16),
    'brand-line': mix(brand, '#1d1c1a', 0.36),
    'on-brand': [brand, press].every(ground => contrast(ink, ground) >= contrastMin) ? ink : '#000000',
  }
}

/** Which ink stands on which ground anywhere in the shop. What is not here must not be written. */
export const inksOn: Readonly<Record<string, readonly string[]>> = {
  'bg': ['text', 'text-2', 'text-3', 'brand', 'price', 'danger', 'notice'],
  'surface': ['text', 'text-2', 'text-3', 'brand', 'price', 'danger', 'notice'],
  'surface-high': ['text', 'text-2', 'text-3', 'brand', 'price'],
  'sunk': ['text', 'text-2', 'text-3', 'brand', 'price', 'danger'],
  'brand': ['on-brand'],
  'brand-press': ['on-brand'],
  'brand-soft': ['brand', 'text', 'text-2', 'price'],
  'price-soft': ['price', 'text', 'text-2'],
  'notice-soft': ['notice', 'text', 'text-2'],
  'danger-soft': ['danger', 'text', 'text-2'],
  'badge': ['on-badge'],
}
