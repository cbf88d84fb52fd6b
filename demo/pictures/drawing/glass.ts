/** The clear tapered cup and what is poured in it. */
import { dark, group, light, mix, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { shadow } from './scene.ts'

/** A cone cut off at both ends, seen a little from above; `k` is the flatness of its circles. */
export interface Frustum { cx: number, top: number, bottom: number, rTop: number, rBottom: number, k: number }

export const radiusAt = (f: Frustum, y: number): number => f.rBottom + (f.rTop - f.rBottom) * (f.bottom - y) / (f.bottom - f.top)

/** Outline between two heights; `full` keeps the far half of the upper circle. */
export function wall(f: Frustum, from: number, to: number, full = true): string {
  const a = radiusAt(f, from)
  const b = radiusAt(f, to)
  return svg`M${f.cx - a} ${from} L${f.cx - b} ${to} A${b} ${b * f.k} 0 0 0 ${f.cx + b} ${to} L${f.cx + a} ${from} A${a} ${a * f.k} 0 0 ${full ? 0 : 1} ${f.cx - a} ${from}Z`
}

export const inset = (f: Frustum, by: number): Frustum => ({ ...f, rTop: f.rTop - by, rBottom: f.rBottom - by })

export function ring(f: Frustum, y: number, attributes: string, by = 0): string {
  const r = radiusAt(f, y) - by
  return svg`<ellipse cx="${f.cx}" cy="${y}" rx="${r}" ry="${r * f.k}" ${attributes}/>`
}

/** A layer begins at `from` (0 surface … 1 bottom) and flows into the one above over `soft` pixels. */
export interface Layer { from: number, colour: string, soft?: number }

/** What a drawing function gets to know about the liquid it draws in. */
export interface Pool { shape: Frustum, surface: number, bottom: number }
export type Inside = (canvas: Canvas, pool: Pool) => string

export interface Glass {
  layers: readonly Layer[]
  fill?: number
  /** 1 for milk, less for clear tea, which lets light through. */
  body?: number
  surface?: string
  inside?: Inside[]
  /** Stands in the drink and rises over the rim. */
  straw?: Inside
  above?: Inside[]
  glow?: string
  frost?: number
  shape?: Frustum
}

export const cupShape: Frustum = { cx: 240, top: 92, bottom: 426, rTop: 112, rBottom: 80, k: 0.2 }

function pour(canvas: Canvas, pool: Pool, layers: readonly Layer[], body: number): string {
  const { shape, surface, bottom } = pool
  const tall = bottom - surface
  return group(layers.map(({ from, colour, soft = 8 }, index) => {
    const y = surface + tall * from
    const shade = body < 1
      ? canvas.linear([[0, mix(colour, '#ffd98a', 0.35)], [0.08, dark(colour, 0.12)], [0.34, mix(colour, '#ffdf7a', 0.42)], [0.5, mix(colour, '#ffd060', 0.25)], [0.8, colour], [0.95, dark(colour, 0.24)], [1, mix(colour, '#ffd98a', 0.3)]], { x1: shape.cx - shape.rTop, y1: 0, x2: shape.cx + shape.rTop, y2: 0 })
      : colour
    return svg`<path d="${wall(shape, y, bottom + 30, index === 0)}" fill="${shade}" ${index === 0 ? '' : `filter="${canvas.blur(2, soft)}"`}/>`
  }), `opacity="${body}"`)
}

function roundness(canvas: Canvas, pool: Pool, tone: string, body: number): string {
  const { shape, surface, bottom } = pool
  const side = { x1: shape.cx - shape.rTop, y1: 0, x2: shape.cx + shape.rTop, y2: 0 }
  const deep = dark(mix(tone, '#b4631c', 0.35), 0.3)
  return svg`<path d="${wall(shape, surface, bottom, false)}" fill="${canvas.linear([[0, deep, 0.55], [0.07, deep, 0.3], [0.17, deep, 0.06], [0.3, '#ffffff', 0.08], [0.45, '#ffffff', 0], [0.68, deep, 0.05], [0.86, deep, 0.28], [0.95, deep, 0.46], [1, deep, 0.3]], side)}"/>`
    + svg`<path d="${wall(shape, bottom - 34, bottom, false)}" fill="${canvas.linear([[0, deep, 0], [1, deep, 0.34]])}"/>`
    + svg`<ellipse cx="${shape.cx + 18}" cy="${bottom - 4}" rx="${shape.rBottom * 0.62}" ry="9" fill="${light(tone, 0.75)}" opacity="${body < 1 ? 0.35 : 0}" filter="${canvas.blur(6)}"/>`
}

export function frostDrops(canvas: Canvas, f: Frustum, from: number, to: number, count: number): string {
  const fill = canvas.ball([[0, '#ffffff', 0.62], [0.55, '#ffffff', 0.12], [1, '#ffffff', 0.4]], 0.6, 0.74)
  return group(canvas.times(count, () => {
    const y = canvas.between(from, to)
    const side = (canvas.random() + canvas.random() + canvas.random()) / 1.5 - 1
    const x = f.cx + Math.sign(side || 1) * (1 - Math.abs(side) ** 1.3) * (radiusAt(f, y) - 5)
    const size = canvas.random() ** 3
    const r = 0.7 + size * 2.6
    if (r < 1.25) return svg`<circle cx="${x}" cy="${y}" r="${r}" fill="#fff" opacity=".5"/>`
    const trail = size > 0.72 ? svg`<path d="M${x} ${y - r * 8} Q${x + 1} ${y - r * 3} ${x} ${y}" stroke="#fff" stroke-width="${r * 0.7}" opacity=".16" stroke-linecap="round" fill="none"/>` : ''
    return trail + svg`<ellipse cx="${x + 0.5}" cy="${y + 0.9}" rx="${r}" ry="${r * 1.2}" fill="#40200c" opacity=".22"/><ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 1.2}" fill="${fill}"/><circle cx="${x - r * 0.3}" cy="${y - r * 0.45}" r="${r * 0.3}" fill="#fff" opacity=".95"/>`
  }))
}

/** The house leaf, printed on the cup. */
export function leafMark(x: number, y: number, size: number, colour: string, opacity = 0.92): string {
  return svg`<g transform="translate(${x} ${y}) scale(${size / 40})" opacity="${opacity}"><path d="M0 20 C-22 8 -20 -14 0 -24 C20 -14 22 8 0 20Z" fill="${colour}"/><path d="M0 26 V-10 M0 6 L9 -4 M0 12 L-9 2" stroke="#fff" stroke-opacity=".85" stroke-width="2.6" fill="none" stroke-linecap="round"/></g>`
}

function shine(canvas: Canvas, f: Frustum): string {
  const left = (y: number, part: number): number => f.cx - radiusAt(f, y) * part
  const [a, b] = [f.top + 16, f.bottom - 16]
  const bar = (outer: number, inner: number, from: number, to: number): string => svg`M${left(from, outer)} ${from} L${left(to, outer)} ${to} Q${left(to, (outer + inner) / 2)} ${to + 7} ${left(to, inner)} ${to + 2} L${left(from, inner)} ${from + 3} Q${left(from, (outer + inner) / 2)} ${from + 5} ${left(from, outer)} ${from}Z`
  const side = { x1: f.cx - f.rTop, y1: 0, x2: f.cx + f.rTop, y2: 0 }
  return [
    svg`<path d="${wall(f, f.top, f.bottom, false)}" fill="${canvas.linear([[0, '#ffffff', 0.55], [0.03, '#ffffff', 0.12], [0.08, '#ffffff', 0.02], [0.92, '#ffffff', 0], [0.97, '#ffffff', 0.16], [1, '#ffffff', 0.5]], side)}"/>`,
    svg`<path d="${bar(0.84, 0.62, a, b)}" fill="${canvas.linear([[0, '#ffffff', 0.58], [0.35, '#ffffff', 0.34], [1, '#ffffff', 0.06]])}" filter="${canvas.blur(1.6)}"/>`,
    svg`<path d="${bar(0.93, 0.895, a + 8, b - 12)}" fill="#fff" opacity=".55" filter="${canvas.blur(0.7)}"/>`,
    svg`<path d="${bar(-0.8, -0.9, a + 20, b - 30)}" fill="${canvas.linear([[0, '#ffffff', 0.34], [1, '#ffffff', 0.08]])}" filter="${canvas.blur(1.4)}"/>`,
  ].join('')
}

/** A poured cup, from the table up. */
export function glass(canvas: Canvas, options: Glass): string {
  const { layers, fill = 0.1, body = 1, inside = [], above = [], frost = 70, shape: f = cupShape } = options
  const pool: Pool = { shape: inset(f, 4), surface: f.top + (f.bottom - f.top) * fill, bottom: f.bottom - 8 }
  const first = layers[0]?.colour ?? '#c98a4b'
  const last = layers[layers.length - 1]?.colour ?? first
  const top = options.surface ?? light(first, 0.2)
  const r = radiusAt(pool.shape, pool.surface)
  const clip = canvas.clip(wall(pool.shape, pool.surface, pool.bottom))
  return [
    shadow(canvas, f.cx, f.bottom, f.rBottom, f.k + 0.04, options.glow ?? last),
    svg`<path d="${wall(f, f.top, f.bottom)}" fill="#fff" opacity=".22"/>`,
    ring(f, f.top, `fill="${canvas.linear([[0, '#ffffff', 0.1], [1, '#ffffff', 0.42]])}"`),
    ring(f, f.bottom - 3, `fill="${light(last, 0.55)}" opacity=".8"`, 2),
    group([
      pour(canvas, pool, layers, body),
      ring(pool.shape, pool.surface, `fill="${canvas.linear([[0, dark(top, 0.1)], [0.5, top], [1, light(top, 0.35)]])}"`),
      ...inside.map(draw => draw(canvas, pool)),
      roundness(canvas, pool, last, body),
    ], `clip-path="${clip}"`),
    svg`<ellipse cx="${f.cx}" cy="${pool.surface}" rx="${r}" ry="${r * f.k}" fill="none" stroke="${light(top, 0.6)}" stroke-opacity=".8" stroke-width="1.6"/>`,
    options.straw?.(canvas, pool) ?? '',
    ...above.map(draw => draw(canvas, pool)),
    shine(canvas, f),
    frost ? frostDrops(canvas, f, pool.surface + 4, f.bottom - 10, frost) : '',
    ring(f, f.bottom - 2, 'fill="none" stroke="#fff" stroke-opacity=".65" stroke-width="2" stroke-dasharray="60 400" stroke-dashoffset="-40"', 4),
    ring(f, f.top, 'fill="none" stroke="#5b3a1e" stroke-opacity=".22" stroke-width="5"'),
    ring(f, f.top, `fill="none" stroke="${canvas.across([[0, '#ffffff', 0.95], [0.35, '#ffffff', 0.7], [0.6, '#ffffff', 0.95], [1, '#ffffff', 0.75]])}" stroke-width="3.4"`),
    svg`<path d="M${f.cx - f.rTop * 0.86} ${f.top + f.rTop * f.k * 0.5} A${f.rTop} ${f.rTop * f.k} 0 0 0 ${f.cx - f.rTop * 0.1} ${f.top + f.rTop * f.k}" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>`,
  ].join('')
}
