/** A colour in OKLab's polar form: lightness 0 to 1, chroma, hue in degrees. Equal steps look equal. */
export interface Oklch { light: number, chroma: number, hue: number }

type Rgb = [number, number, number]

const toLinear = (part: number) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
const toGamma = (part: number) => part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055

/** The parts of `#rrggbb`, each 0 to 1. Throws where it is none. */
function parse(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`"${hex}" is no colour: write it as #rrggbb.`)
  return [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as Rgb
}

const write = (parts: Rgb) => `#${parts.map(part => Math.round(Math.min(1, Math.max(0, part)) * 255).toString(16).padStart(2, '0')).join('')}`

/** Source: Björn Ottosson, "A perceptual color space for image processing". */
export function toOklch(hex: string): Oklch {
  const [r, g, b] = parse(hex).map(toLinear) as Rgb
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    light: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: Math.atan2(bb, a) * 180 / Math.PI,
  }
}

function linearOf({ light, chroma, hue }: Oklch): Rgb {
  const a = chroma * Math.cos(hue * Math.PI / 180)
  const b = chroma * Math.sin(hue * Math.PI / 180)
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** `#rrggbb`; a colour that no screen shows loses chroma until one does. */
export function toHex(colour: Oklch): string {
  let { chroma } = colour
  const isShown = (parts: Rgb) => parts.every(part => part >= -0.0005 && part <= 1.0005)
  while (chroma > 0.001 && !isShown(linearOf({ ...colour, chroma }))) chroma -= 0.002
  return write(linearOf({ ...colour, chroma: Math.max(0, chroma) }).map(part => toGamma(Math.max(0, part))) as Rgb)
}

/** So much of the one colour over the other. */
export function mix(over: string, under: string, share: number): string {
  const [a, b] = [parse(over), parse(under)]
  return write(a.map((part, index) => part * share + (b[index] ?? 0) * (1 - share)) as Rgb)
}

/** How well one colour can be read on another, 1 to 21. Source: WCAG 2, contrast ratio. */
export function contrast(one: string, other: string): number {
  const shine = (hex: string) => {
    const [r, g, b] = parse(hex).map(toLinear) as Rgb
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [shine(one), shine(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
