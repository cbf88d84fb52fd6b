/** Baked, steamed and fried: dough with crumb and colour. */
import { dark, group, light, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { shadow } from './scene.ts'

/** An egg tart in its flaky shell, seen from above at an angle. */
export function eggTart(canvas: Canvas, cx: number, cy: number, r: number, k = 0.5): string {
  const low = r * 0.68
  const deep = r * 0.5
  const shell = svg`M${cx - r} ${cy} L${cx - low} ${cy + deep} A${low} ${low * k} 0 0 0 ${cx + low} ${cy + deep} L${cx + r} ${cy} A${r} ${r * k} 0 0 1 ${cx - r} ${cy}Z`
  const flutes = canvas.times(19, (index) => {
    const part = Math.sin((index / 18 - 0.5) * Math.PI)
    const drop = Math.sqrt(Math.max(0, 1 - part * part))
    return svg`<path d="M${cx + part * r} ${cy + drop * r * k} L${cx + part * low} ${cy + deep + drop * low * k}" stroke="${index % 2 ? '#8a4a14' : '#ffdf9c'}" stroke-opacity="${index % 2 ? 0.24 : 0.36}" stroke-width="${index % 2 ? 5 : 4}" filter="${canvas.blur(1.4)}"/>`
  })
  const layers = canvas.times(6, index => svg`<path d="M${cx - r * (1 - index * 0.05)} ${cy + index * deep * 0.16} A${r * (1 - index * 0.05)} ${r * k * (1 - index * 0.05)} 0 0 0 ${cx + r * (1 - index * 0.05)} ${cy + index * deep * 0.16}" stroke="#7a3d0c" stroke-opacity=".26" stroke-width="1.4" fill="none"/>`)
  const crust = canvas.times(34, (index) => {
    const a = index / 34 * Math.PI * 2
    return svg`${index ? 'L' : 'M'}${cx + Math.cos(a) * r * canvas.between(0.98, 1.05)} ${cy + Math.sin(a) * r * k * canvas.between(0.98, 1.05)}`
  })
  const scorch = canvas.times(9, () => {
    const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.62]
    return svg`<ellipse cx="${cx + Math.cos(a) * d * r}" cy="${cy + 3 + Math.sin(a) * d * r * k}" rx="${canvas.between(0.06, 0.2) * r}" ry="${canvas.between(0.05, 0.12) * r * k * 1.6}" fill="${canvas.pick(['#7a3208', '#5a2206', '#9a4a10'])}" opacity="${canvas.between(0.5, 0.9)}"/>`
  })
  const egg = svg`<ellipse cx="${cx}" cy="${cy + 3}" rx="${r * 0.8}" ry="${r * k * 0.78}" fill="${canvas.radial([[0, '#ffdc5e'], [0.55, '#ffc531'], [0.85, '#f0a01c'], [1, '#c9700f']], { cx: cx - r * 0.1, cy: cy - 2, r: r * 0.84 })}"/>`
  return [
    shadow(canvas, cx, cy + deep + low * k * 0.35, low * 0.95, k * 0.85),
    svg`<path d="${shell}" fill="${canvas.across([[0, '#e6a552'], [0.25, '#f7c878'], [0.6, '#d48c3a'], [1, '#8f4e16']])}" filter="${canvas.grain('0.12', 1)}"/>`, ...flutes, ...layers,
    svg`<path d="${crust}Z" fill="${canvas.linear([[0, '#f6c878'], [1, '#d8913e']], { x1: cx - r, y1: cy - r * k, x2: cx + r, y2: cy + r * k })}" stroke="#a85f1c" stroke-width="1.2" filter="${canvas.grain('0.16', 1.6)}"/>`,
    svg`<ellipse cx="${cx}" cy="${cy + 1}" rx="${r * 0.84}" ry="${r * k * 0.82}" fill="#8a4a12" opacity=".6" filter="${canvas.blur(2)}"/>`, egg,
    group(scorch, `filter="${canvas.blur(r * 0.035)}"`),
    svg`<path d="M${cx - r * 0.58} ${cy - r * k * 0.2} A${r * 0.66} ${r * k * 0.64} 0 0 1 ${cx - r * 0.05} ${cy - r * k * 0.56}" stroke="#fff" stroke-width="${r * 0.06}" stroke-linecap="round" fill="none" opacity=".9" filter="${canvas.blur(1.2)}"/><ellipse cx="${cx + r * 0.3}" cy="${cy + r * k * 0.34}" rx="${r * 0.16}" ry="${r * 0.04}" fill="#fff" opacity=".5" filter="${canvas.blur(1.4)}"/>`,
  ].join('')
}

/** Soft, floured rice dough. */
export function mochi(canvas: Canvas, cx: number, base: number, r: number, colour = '#fdf3f0'): string {
  const tall = r * 1.36
  const path = svg`M${cx - r} ${base - r * 0.22} C${cx - r * 1.08} ${base - tall * 0.72} ${cx - r * 0.62} ${base - tall} ${cx} ${base - tall} C${cx + r * 0.62} ${base - tall} ${cx + r * 1.08} ${base - tall * 0.72} ${cx + r} ${base - r * 0.22} C${cx + r * 0.98} ${base + r * 0.12} ${cx + r * 0.5} ${base + r * 0.2} ${cx} ${base + r * 0.2} C${cx - r * 0.5} ${base + r * 0.2} ${cx - r * 0.98} ${base + r * 0.12} ${cx - r} ${base - r * 0.22}Z`
  const flour = canvas.times(70, () => svg`<circle cx="${cx + canvas.between(-0.8, 0.8) * r}" cy="${base - canvas.between(0, 1.2) * r}" r="${canvas.between(0.5, 1.6)}" fill="#fff" opacity="${canvas.between(0.3, 0.9)}"/>`)
  return [
    shadow(canvas, cx, base + r * 0.06, r * 0.92, 0.28),
    svg`<path d="${path}" fill="${canvas.radial([[0, '#ffffff'], [0.45, colour], [0.85, dark(colour, 0.12)], [1, dark(colour, 0.26)]], { cx: cx - r * 0.1, cy: base - r * 0.6, r: r * 1.25, fx: cx - r * 0.4, fy: base - r * 1.0 })}"/>`,
    svg`<ellipse cx="${cx + r * 0.05}" cy="${base - r * 0.5}" rx="${r * 0.5}" ry="${r * 0.46}" fill="#f08a92" opacity=".26" filter="${canvas.blur(r * 0.16)}"/>`,
    ...flour,
    svg`<path d="M${cx - r * 0.66} ${base - r * 0.72} Q${cx - r * 0.52} ${base - r * 1.12} ${cx - r * 0.1} ${base - r * 1.2}" stroke="#fff" stroke-width="${r * 0.14}" opacity=".85" fill="none" stroke-linecap="round" filter="${canvas.blur(r * 0.06)}"/>`,
  ].join('')
}

export type Corner = readonly [number, number]

/** Crust and crumb between four corners. */
export function crumb(canvas: Canvas, corners: readonly Corner[], colour: string, grain = '0.09', depth = 2.2, edge?: string): string {
  const path = corners.map(([x, y], index) => svg`${index ? 'L' : 'M'}${x} ${y}`).join('') + 'Z'
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const across = { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) }
  const paint = canvas.linear([[0, light(colour, 0.16)], [1, dark(colour, 0.08)]], across)
  const toasted = edge ? svg`<path d="${path}" fill="none" stroke="${edge}" stroke-width="20" stroke-linejoin="round" clip-path="${canvas.clip(path)}" filter="${canvas.blur(5)}" opacity=".85"/>` : ''
  return svg`<g filter="${canvas.grain(grain, depth)}"><path d="${path}" fill="${paint}" stroke="${paint}" stroke-width="10" stroke-linejoin="round"/>${toasted}</g>`
}

export function cookie(canvas: Canvas, r: number, k = 0.5): string {
  const points = canvas.times(40, (index) => {
    const a = index / 40 * Math.PI * 2
    return [Math.cos(a) * r * canvas.between(0.97, 1.02), Math.sin(a) * r * k * canvas.between(0.97, 1.02)] as const
  })
  const outline = points.map(([x, y], index) => svg`${index ? 'L' : 'M'}${x} ${y}`).join('') + 'Z'
  const specks = canvas.times(46, () => {
    const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.86]
    return svg`<ellipse cx="${Math.cos(a) * d * r}" cy="${Math.sin(a) * d * r * k}" rx="${canvas.between(0.8, 2.4)}" ry="${canvas.between(0.6, 1.2)}" fill="${canvas.pick(['#4a2c12', '#5c3a1a', '#33200e'])}" opacity=".8" transform="rotate(${canvas.between(0, 180)} ${Math.cos(a) * d * r} ${Math.sin(a) * d * r * k})"/>`
  })
  return [
    svg`<path d="${outline}" transform="translate(0 ${r * 0.2})" fill="${canvas.across([[0, '#b8782f'], [0.4, '#d39a50'], [1, '#8a5018']])}"/>`,
    svg`<path d="${outline}" transform="translate(0 ${r * 0.1})" fill="${canvas.across([[0, '#c78a3e'], [0.4, '#e0ac62'], [1, '#9a5e22']])}"/>`,
    svg`<path d="${outline}" fill="${canvas.radial([[0, '#f8dba4'], [0.6, '#eec582'], [0.9, '#d99c4c'], [1, '#bd7a30']], { cx: -r * 0.12, cy: -r * 0.1, r: r * 1.02 })}" filter="${canvas.grain('0.1', 1.8)}"/>`,
    ...specks,
  ].join('')
}
