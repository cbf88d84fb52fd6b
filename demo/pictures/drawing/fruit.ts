/** Fruit, leaves and flowers, each drawn around 0,0. */
import { dark, group, light, mix, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'

export interface Citrus { rind: string, pith: string, flesh: string }
export const orange: Citrus = { rind: '#f28c1b', pith: '#fff0d2', flesh: '#fba027' }
export const lemon: Citrus = { rind: '#f3cf1e', pith: '#fffbe0', flesh: '#f8e164' }
export const lime: Citrus = { rind: '#4f9a2c', pith: '#f4fbdd', flesh: '#c2df72' }
export const pomelo: Citrus = { rind: '#f0a04a', pith: '#fff1e4', flesh: '#f0645a' }

/** A cut slice, face to us. */
export function slice(canvas: Canvas, r: number, { rind, pith, flesh }: Citrus, parts = 10): string {
  const segments = canvas.times(parts, (index) => {
    const step = Math.PI * 2 / parts
    const [a, b] = [index * step + 0.032, (index + 1) * step - 0.032]
    const middle = (a + b) / 2
    const [inner, outer] = [r * 0.13, r * 0.8]
    const point = (angle: number, length: number): string => svg`${Math.cos(angle) * length} ${Math.sin(angle) * length}`
    const path = `M${point(middle, inner)} L${point(a, outer * 0.93)} Q${point(a + 0.02, outer)} ${point(a + 0.12, outer)} A${outer} ${outer} 0 0 1 ${point(b - 0.12, outer)} Q${point(b - 0.02, outer)} ${point(b, outer * 0.93)}Z`
    const tears = canvas.times(9, () => {
      const angle = canvas.between(a + 0.1, b - 0.1)
      const [near, far] = [canvas.between(0.25, 0.5) * r, canvas.between(0.58, 0.76) * r]
      return svg`<path d="M${point(middle + (angle - middle) * 0.6, near)} L${point(angle, far)}" stroke="${canvas.random() < 0.6 ? light(flesh, 0.5) : dark(flesh, 0.12)}" stroke-opacity="${canvas.between(0.3, 0.75)}" stroke-width="${canvas.between(0.7, 1.9)}" stroke-linecap="round"/>`
    })
    return svg`<path d="${path}" fill="${canvas.radial([[0, light(flesh, 0.45)], [0.5, flesh], [1, mix(flesh, rind, 0.55)]], { cx: 0, cy: 0, r: r * 0.82 })}"/>` + tears.join('')
  })
  return [
    svg`<circle r="${r}" fill="${canvas.linear([[0, light(rind, 0.3)], [1, dark(rind, 0.12)]], { x1: -r, y1: -r, x2: r, y2: r })}"/>`,
    svg`<circle r="${r * 0.925}" fill="${pith}"/>`, ...segments,
    svg`<circle r="${r * 0.1}" fill="${pith}"/><path d="M${-r * 0.62} ${-r * 0.5} A${r * 0.8} ${r * 0.8} 0 0 1 ${r * 0.1} ${-r * 0.79}" stroke="#fff" stroke-width="${r * 0.07}" opacity=".55" fill="none" stroke-linecap="round" filter="${canvas.blur(r * 0.02)}"/>`,
  ].join('')
}

/** The same slice seen at an angle, with its thickness. */
export function wheel(canvas: Canvas, r: number, citrus: Citrus, squash = 0.5): string {
  return svg`<ellipse cx="0" cy="${r * 0.13}" rx="${r}" ry="${r * squash}" fill="${dark(citrus.rind, 0.14)}"/><g transform="scale(1 ${squash})">${slice(canvas, r, citrus)}</g>`
}

export function leaf(canvas: Canvas, length: number, colour = '#3f9a4a', serrated = true): string {
  const half = length * 0.27
  const teeth = serrated ? 7 : 0
  const edge = (sign: number): string => {
    const points: string[] = []
    for (let index = 1; index <= teeth; index++) {
      const t = index / (teeth + 1)
      const width = Math.sin(Math.PI * t ** 0.8) * half
      points.push(svg`Q${length * (t - 0.02)} ${sign * width * 1.08} ${length * t} ${sign * width * 0.93}`)
    }
    return points.join('')
  }
  const outline = serrated
    ? `M0 0 ${edge(-1)} L${length} 0`
    : svg`M0 0 C${length * 0.25} ${-half * 1.3} ${length * 0.7} ${-half * 1.1} ${length} 0`
  const lower = serrated
    ? `M0 0 ${edge(1)} L${length} 0Z`
    : svg`M0 0 C${length * 0.25} ${half * 1.3} ${length * 0.7} ${half * 1.1} ${length} 0Z`
  const veins = canvas.times(5, (index) => {
    const x = length * (0.18 + index * 0.14)
    const reach = Math.sin(Math.PI * (0.2 + index * 0.14)) * half * 0.8
    return svg`M${x} 0 Q${x + length * 0.06} ${-reach * 0.6} ${x + length * 0.14} ${-reach} M${x} 0 Q${x + length * 0.06} ${reach * 0.6} ${x + length * 0.14} ${reach}`
  })
  return svg`<path d="${outline}Z" fill="${canvas.linear([[0, light(colour, 0.32)], [1, colour]])}"/><path d="${lower}" fill="${canvas.linear([[0, dark(colour, 0.12)], [1, dark(colour, 0.3)]])}"/><path d="${veins.join('')}" stroke="${light(colour, 0.5)}" stroke-opacity=".45" stroke-width="${length * 0.014}" fill="none"/><path d="M0 0 H${length * 0.95}" stroke="${light(colour, 0.55)}" stroke-opacity=".8" stroke-width="${length * 0.022}"/>`
}

/** Three mint leaves. */
export function mint(canvas: Canvas, size: number): string {
  return [[-150, 0.85], [-30, 0.9], [-92, 1]].map(([turn = 0, scale = 1]) => svg`<g transform="rotate(${turn}) scale(${scale})">${leaf(canvas, size, '#4aa84f')}</g>`).join('')
}

export function strawberry(canvas: Canvas, size: number, calyx = true): string {
  const s = size
  const body = svg`M0 ${-s * 0.62} C${s * 0.5} ${-s * 0.85} ${s * 0.92} ${-s * 0.4} ${s * 0.7} ${s * 0.12} C${s * 0.52} ${s * 0.55} ${s * 0.2} ${s * 0.95} 0 ${s * 0.98} C${-s * 0.2} ${s * 0.95} ${-s * 0.52} ${s * 0.55} ${-s * 0.7} ${s * 0.12} C${-s * 0.92} ${-s * 0.4} ${-s * 0.5} ${-s * 0.85} 0 ${-s * 0.62}Z`
  const seeds: string[] = []
  for (let row = 0; row < 6; row++) {
    const y = -s * 0.42 + row * s * 0.24
    const wide = s * (0.62 - Math.max(0, row - 1.2) * 0.115)
    const count = Math.max(2, 5 - Math.floor(row / 1.8))
    for (let index = 0; index < count; index++) {
      const x = -wide + (index + 0.5 + (row % 2 ? 0.18 : -0.18)) * wide * 2 / count
      seeds.push(svg`<ellipse cx="${x}" cy="${y + 1}" rx="${s * 0.045}" ry="${s * 0.062}" fill="#8d0f16"/><ellipse cx="${x}" cy="${y}" rx="${s * 0.028}" ry="${s * 0.045}" fill="#f6cf6a"/>`)
    }
  }
  const cap = calyx ? canvas.times(6, index => svg`<g transform="translate(0 ${-s * 0.62}) rotate(${index * 36}) ">${leaf(canvas, s * 0.52, '#4e9c38', false)}</g>`) : []
  return svg`<path d="${body}" fill="${canvas.radial([[0, '#ff7a6a'], [0.35, '#ec2f35'], [0.8, '#c8131f'], [1, '#9d0c18']], { cx: -s * 0.15, cy: -s * 0.05, r: s * 1.05, fx: -s * 0.35, fy: -s * 0.35 })}"/>${seeds}<path d="M${-s * 0.5} ${-s * 0.3} Q${-s * 0.45} ${-s * 0.6} ${-s * 0.15} ${-s * 0.58}" stroke="#fff" stroke-width="${s * 0.1}" opacity=".55" fill="none" stroke-linecap="round" filter="${canvas.blur(s * 0.03)}"/><g transform="scale(1 .55) translate(0 ${-s * 0.5})">${cap}</g>`
}

/** Half a strawberry, cut face to us. */
export function strawberryHalf(canvas: Canvas, size: number): string {
  const s = size
  const shape = (k: number): string => svg`M0 ${-s * 0.62 * k} C${s * 0.45 * k} ${-s * 0.85 * k} ${s * 0.86 * k} ${-s * 0.4 * k} ${s * 0.64 * k} ${s * 0.15 * k} C${s * 0.48 * k} ${s * 0.55 * k} ${s * 0.2 * k} ${s * 0.95 * k} 0 ${s * k} C${-s * 0.2 * k} ${s * 0.95 * k} ${-s * 0.48 * k} ${s * 0.55 * k} ${-s * 0.64 * k} ${s * 0.15 * k} C${-s * 0.86 * k} ${-s * 0.4 * k} ${-s * 0.45 * k} ${-s * 0.85 * k} 0 ${-s * 0.62 * k}Z`
  const rays = canvas.times(26, (index) => {
    const a = index / 26 * Math.PI * 2
    return svg`<path d="M${Math.cos(a) * s * 0.24} ${Math.sin(a) * s * 0.34} L${Math.cos(a) * s * 0.5} ${Math.sin(a) * s * 0.62}" stroke="#fff" stroke-opacity=".5" stroke-width="${s * 0.03}" stroke-linecap="round"/>`
  })
  return svg`<path d="${shape(1)}" fill="#c8131f"/><path d="${shape(0.93)}" fill="${canvas.radial([[0, '#ffe9e2'], [0.3, '#ffb9ab'], [0.62, '#f5695f'], [1, '#e0282f']], { cx: 0, cy: 0, r: s * 0.95 })}"/>${rays}<path d="M0 ${-s * 0.4} Q${s * 0.16} 0 0 ${s * 0.5} Q${-s * 0.16} 0 0 ${-s * 0.4}Z" fill="#fff4ee" opacity=".9" filter="${canvas.blur(s * 0.03)}"/>`
}

export function grape(canvas: Canvas, r: number, colour = '#5a2a63'): string {
  return svg`<circle r="${r}" fill="${canvas.ball([[0, light(colour, 0.5)], [0.3, light(colour, 0.12)], [0.75, dark(colour, 0.32)], [0.94, mix(colour, '#c05a86', 0.3)], [1, mix(colour, '#d88aa8', 0.4)]])}"/><ellipse cx="${-r * 0.34}" cy="${-r * 0.4}" rx="${r * 0.26}" ry="${r * 0.17}" fill="#fff" opacity=".75" transform="rotate(-35 ${-r * 0.34} ${-r * 0.4})" filter="${canvas.blur(0.7)}"/><path d="M${-r * 0.5} ${r * 0.5} Q0 ${r * 0.95} ${r * 0.6} ${r * 0.4}" stroke="#e7b5d6" stroke-opacity=".4" stroke-width="${r * 0.12}" fill="none" filter="${canvas.blur(1)}"/>`
}

/** A grape without its skin: wet, veined, see-through. */
export function peeled(canvas: Canvas, r: number, colour = '#a9c46a'): string {
  const veins = canvas.times(6, index => svg`<path d="M0 ${-r * 0.9} Q${(index - 2.5) * r * 0.42} 0 0 ${r * 0.9}" stroke="#fff" stroke-opacity=".35" stroke-width="1" fill="none"/>`)
  return svg`<ellipse rx="${r}" ry="${r * 1.1}" fill="${canvas.ball([[0, '#ffffff', 0.95], [0.3, light(colour, 0.45), 0.92], [0.75, colour, 0.9], [1, dark(colour, 0.2), 0.95]])}"/>${veins}<ellipse cx="${-r * 0.32}" cy="${-r * 0.45}" rx="${r * 0.24}" ry="${r * 0.15}" fill="#fff" opacity=".95" transform="rotate(-32 ${-r * 0.32} ${-r * 0.45})"/>`
}

export function jasmine(canvas: Canvas, size: number): string {
  const petal = svg`<path d="M0 0 C${size * 0.5} ${-size * 0.42} ${size * 1.02} ${-size * 0.3} ${size} 0 C${size * 1.02} ${size * 0.3} ${size * 0.5} ${size * 0.42} 0 0Z" fill="${canvas.linear([[0, '#e4ead2'], [0.35, '#fffef8'], [1, '#ffffff']], { x1: 0, y1: 0, x2: size, y2: 0 })}" stroke="#d9d6bd" stroke-width=".6"/>`
  return group(canvas.times(6, index => svg`<g transform="rotate(${index * 60 + 12})">${petal}</g>`)) + svg`<circle r="${size * 0.15}" fill="#f0d873"/>`
}

export function osmanthus(canvas: Canvas, size: number): string {
  return group(canvas.times(4, index => svg`<ellipse cx="${size * 0.52}" cy="0" rx="${size * 0.5}" ry="${size * 0.36}" transform="rotate(${index * 90 + 20})" fill="${index % 2 ? '#f7b02c' : '#ffc94d'}" stroke="#d88a10" stroke-width=".5"/>`)) + svg`<circle r="${size * 0.17}" fill="#c9780c"/>`
}

export function coffeeBean(canvas: Canvas, size: number): string {
  return svg`<ellipse rx="${size}" ry="${size * 0.68}" fill="${canvas.ball([[0, '#9a6238'], [0.5, '#5f3318'], [1, '#33180a']])}"/><path d="M${-size * 0.92} ${size * 0.06} Q${-size * 0.3} ${-size * 0.32} 0 0 T${size * 0.92} ${-size * 0.06}" stroke="#2a1206" stroke-width="${size * 0.16}" fill="none"/><path d="M${-size * 0.6} ${-size * 0.36} Q${-size * 0.2} ${-size * 0.58} ${size * 0.2} ${-size * 0.5}" stroke="#d8a878" stroke-opacity=".6" stroke-width="${size * 0.1}" fill="none" stroke-linecap="round"/>`
}

/** One rolled tea leaf. */
export function tealeaf(canvas: Canvas, length: number, colour = '#3d4a2c'): string {
  const bend = canvas.between(-0.35, 0.35) * length
  return svg`<path d="M0 0 Q${length * 0.5} ${bend - length * 0.14} ${length} ${bend * 0.3} Q${length * 0.5} ${bend + length * 0.12} 0 0Z" fill="${colour}"/><path d="M${length * 0.08} ${-1} Q${length * 0.5} ${bend - length * 0.1} ${length * 0.92} ${bend * 0.28}" stroke="${light(colour, 0.4)}" stroke-opacity=".6" stroke-width="1" fill="none"/>`
}
