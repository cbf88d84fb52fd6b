/** A drawing in progress: collects definitions, hands out ids and a random sequence that is the same on every run. */

/** Position 0…1, colour, opacity. */
export type Stop = readonly [number, string, number?]

export interface Line { x1: number, y1: number, x2: number, y2: number }
export interface Circle { cx: number, cy: number, r: number, fx?: number, fy?: number }

export const round = (value: number): string => String(Math.round(value * 100) / 100)

/** Template tag: numbers are rounded, lists joined. */
export function svg(parts: TemplateStringsArray, ...values: (string | number | string[])[]): string {
  return parts.reduce((text, part, index) => {
    const value = values[index - 1]
    if (value === undefined) return text + part
    return text + (typeof value === 'number' ? round(value) : Array.isArray(value) ? value.join('') : value) + part
  })
}

export function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function hash(text: string): number {
  let value = 2166136261
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619)
  return value >>> 0
}

const channels = (colour: string): number[] => [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16))

/** A colour between two; amount 0 is the first. */
export function mix(from: string, to: string, amount: number): string {
  const target = channels(to)
  return '#' + channels(from)
    .map((channel, index) => Math.round(channel + ((target[index] ?? channel) - channel) * amount).toString(16).padStart(2, '0'))
    .join('')
}
export const light = (colour: string, amount: number): string => mix(colour, '#ffffff', amount)
export const dark = (colour: string, amount: number): string => mix(colour, '#2a1206', amount)

export class Canvas {
  private readonly defs: string[] = []
  private readonly known = new Map<string, string>()
  readonly random: () => number

  constructor(readonly name: string, readonly width = 480, readonly height = 480) {
    this.random = mulberry(hash(name))
  }

  between(low: number, high: number): number {
    return low + this.random() * (high - low)
  }

  times<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index))
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.random() * list.length)] ?? list[0]
  }

  /** Adds a definition once and answers its url(). `@` in the text stands for the id. */
  define(text: string): string {
    let id = this.known.get(text)
    if (id === undefined) {
      id = `d${this.known.size}`
      this.known.set(text, id)
      this.defs.push(text.replaceAll('@', id))
    }
    return `url(#${id})`
  }

  private stops(stops: readonly Stop[]): string {
    return stops.map(([at, colour, opacity]) => svg`<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity ?? 1}"/>`).join('')
  }

  /** Linear gradient; without a line it runs down the shape's box. */
  linear(stops: readonly Stop[], line?: Line): string {
    const where = line
      ? svg`gradientUnits="userSpaceOnUse" x1="${line.x1}" y1="${line.y1}" x2="${line.x2}" y2="${line.y2}"`
      : 'x1="0" y1="0" x2="0" y2="1"'
    return this.define(`<linearGradient id="@" ${where}>${this.stops(stops)}</linearGradient>`)
  }

  /** Left to right over the shape's box. */
  across(stops: readonly Stop[]): string {
    return this.define(`<linearGradient id="@" x1="0" y1="0" x2="1" y2="0">${this.stops(stops)}</linearGradient>`)
  }

  radial(stops: readonly Stop[], circle?: Circle): string {
    const where = circle
      ? svg`gradientUnits="userSpaceOnUse" cx="${circle.cx}" cy="${circle.cy}" r="${circle.r}" fx="${circle.fx ?? circle.cx}" fy="${circle.fy ?? circle.cy}"`
      : 'cx=".5" cy=".5" r=".5"'
    return this.define(`<radialGradient id="@" ${where}>${this.stops(stops)}</radialGradient>`)
  }

  /** A ball lit from the upper left, in units of the shape's box. */
  ball(stops: readonly Stop[], fx = 0.34, fy = 0.3): string {
    return this.define(svg`<radialGradient id="@" cx=".48" cy=".46" r=".56" fx="${fx}" fy="${fy}">${this.stops(stops)}</radialGradient>`)
  }

  clip(path: string): string {
    return this.define(`<clipPath id="@"><path d="${path}"/></clipPath>`)
  }

  mask(content: string): string {
    return this.define(`<mask id="@" maskUnits="userSpaceOnUse" x="-200" y="-200" width="1600" height="1200">${content}</mask>`)
  }

  filter(content: string, margin = 0.4): string {
    const size = svg`x="${-margin}" y="${-margin}" width="${1 + margin * 2}" height="${1 + margin * 2}"`
    return this.define(`<filter id="@" ${size} color-interpolation-filters="sRGB">${content}</filter>`)
  }

  blur(radius: number, radiusY = radius): string {
    return this.define(svg`<filter id="@" x="-1" y="-1" width="3" height="3"><feGaussianBlur stdDeviation="${radius} ${radiusY}"/></filter>`)
  }

  private seed(): number {
    return Math.floor(this.random() * 900) + 1
  }

  /** Makes edges organic. */
  rough(amount: number, frequency = 0.04): string {
    return this.filter(svg`<feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="3" seed="${this.seed()}"/>`
      + svg`<feDisplacementMap in="SourceGraphic" scale="${amount}" xChannelSelector="R" yChannelSelector="G"/>`)
  }

  /** Replaces a shape by clouds of one colour inside it; `cover` 0…1 is how much they take, `soft` the softness of their edge. */
  clouds(colour: string, frequency: string, cover: number, soft = 0.3, octaves = 3): string {
    const slope = 1 / (soft * 0.5)
    const shift = -(0.68 - cover * 0.36) * slope + 0.5
    return this.define(svg`<filter id="@" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">`
      + svg`<feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="${octaves}" seed="${this.seed()}" result="n"/>`
      + svg`<feColorMatrix type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ${slope} 0 0 0 ${shift}" result="a"/>`
      + svg`<feFlood flood-color="${colour}"/><feComposite in2="a" operator="in"/><feComposite in2="SourceAlpha" operator="in"/></filter>`)
  }

  /** Lays a lit, grainy relief over a shape: crumb, clay, canvas, cork. */
  grain(frequency: string, depth: number, octaves = 3): string {
    return this.filter(svg`<feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="${octaves}" seed="${this.seed()}" result="n"/>`
      + svg`<feColorMatrix in="n" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 0 0 0" result="h"/>`
      + svg`<feDiffuseLighting in="h" surfaceScale="${depth}" diffuseConstant="1.15" lighting-color="#ffffff" result="l"><feDistantLight azimuth="225" elevation="60"/></feDiffuseLighting>`
      + '<feColorMatrix in="l" type="matrix" values=".5 0 0 0 .52 0 .66 0 0 .36 0 0 .84 0 .18 0 0 0 1 0" result="w"/>'
      + '<feBlend in="SourceGraphic" in2="w" mode="multiply"/><feComposite in2="SourceAlpha" operator="in"/>', 0.02)
  }

  finish(content: string): string {
    return svg`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}">`
      + `<defs>${this.defs.join('')}</defs>${content}</svg>`
  }
}

export function group(content: string | string[], attributes = ''): string {
  return `<g ${attributes}>${typeof content === 'string' ? content : content.join('')}</g>`
}

export function place(content: string, x: number, y: number, scale = 1, turn = 0, squash = 1): string {
  return svg`<g transform="translate(${x} ${y}) scale(${scale} ${scale * squash}) rotate(${turn})">${content}</g>`
}
