/** What goods come in: tins, jars, bottles, pouches, boxes. */
import { dark, group, light, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { shadow } from './scene.ts'

export interface Tube { cx: number, top: number, bottom: number, r: number, k: number }

/** The side of a straight tube between two heights. */
export function tube({ cx, r, k }: Tube, from: number, to: number): string {
  return svg`M${cx - r} ${from} L${cx - r} ${to} A${r} ${r * k} 0 0 0 ${cx + r} ${to} L${cx + r} ${from} A${r} ${r * k} 0 0 1 ${cx - r} ${from}Z`
}

/** Light on a tube: `gloss` 0 paper … 1 polished metal. */
export function tubeLight(canvas: Canvas, t: Tube, from: number, to: number, gloss: number): string {
  const side = { x1: t.cx - t.r, y1: 0, x2: t.cx + t.r, y2: 0 }
  const g = gloss
  return svg`<path d="${tube(t, from, to)}" fill="${canvas.linear([[0, '#1c0e04', 0.4], [0.06, '#1c0e04', 0.16 + g * 0.1], [0.16, '#ffffff', 0.1 + g * 0.3], [0.24, '#ffffff', 0.2 + g * 0.5], [0.3, '#ffffff', 0.08], [0.5, '#1c0e04', 0], [0.72, '#1c0e04', 0.14 + g * 0.08], [0.84, '#1c0e04', 0.32], [0.92, '#ffffff', g * 0.2], [1, '#1c0e04', 0.5]], side)}"/>`
}

/** A round lid with its edge. */
export function lid(canvas: Canvas, t: Tube, from: number, to: number, colour: string, gloss = 0.7): string {
  return [
    svg`<path d="${tube(t, to - 2, to + 5)}" fill="#1c0e04" opacity=".4" filter="${canvas.blur(2)}"/>`,
    svg`<path d="${tube(t, from, to)}" fill="${colour}"/>`, tubeLight(canvas, t, from, to, gloss),
    svg`<ellipse cx="${t.cx}" cy="${from}" rx="${t.r}" ry="${t.r * t.k}" fill="${canvas.linear([[0, light(colour, 0.55)], [0.5, light(colour, 0.1)], [1, dark(colour, 0.12)]], { x1: t.cx - t.r, y1: from - 20, x2: t.cx + t.r, y2: from + 20 })}"/>`,
    svg`<ellipse cx="${t.cx}" cy="${from}" rx="${t.r - 7}" ry="${(t.r - 7) * t.k}" fill="none" stroke="#1c0e04" stroke-opacity=".18" stroke-width="2"/><ellipse cx="${t.cx}" cy="${from + 1.4}" rx="${t.r - 8}" ry="${(t.r - 8) * t.k}" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="1.4"/>`,
    svg`<path d="M${t.cx - t.r} ${from} A${t.r} ${t.r * t.k} 0 0 0 ${t.cx + t.r} ${from}" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="2"/>`,
  ].join('')
}

export function tubeShadow(canvas: Canvas, t: Tube, glow?: string): string {
  return shadow(canvas, t.cx, t.bottom + 1, t.r, t.k + 0.02, glow)
}

/** Bends a flat drawing round a tube by narrowing slices towards the sides is not needed at this size: a clip and a curve do. */
export function label(canvas: Canvas, t: Tube, from: number, to: number, colour: string, content: string, part = 1): string {
  const w = t.r * part
  const sag = t.r * t.k * Math.sqrt(1 - Math.min(0.999, part * part))
  const full = t.r * t.k
  const curve = svg`A${t.r} ${full} 0 0 0`
  const path = part >= 1
    ? tube(t, from, to)
    : svg`M${t.cx - w} ${from + sag} L${t.cx - w} ${to + sag} ${curve} ${t.cx + w} ${to + sag} L${t.cx + w} ${from + sag} ${svg`A${t.r} ${full} 0 0 1`} ${t.cx - w} ${from + sag}Z`
  return svg`<path d="${path}" fill="${colour}"/>` + group(content, `clip-path="${canvas.clip(path)}"`)
}

export interface Face { origin: readonly [number, number], right: readonly [number, number], down: readonly [number, number] }

/** A flat side of a box: content is drawn in a unit of 100×100. */
export function face(canvas: Canvas, { origin, right, down }: Face, fill: string, content = '', attributes = ''): string {
  const matrix = svg`matrix(${right[0] / 100} ${right[1] / 100} ${down[0] / 100} ${down[1] / 100} ${origin[0]} ${origin[1]})`
    .replace(/matrix\(.*\)/, () => `matrix(${[right[0], right[1], down[0], down[1]].map(value => (value / 100).toFixed(5)).join(' ')} ${origin[0]} ${origin[1]})`)
  return `<g transform="${matrix}"><rect width="100" height="100" fill="${fill}" ${attributes}/>${content}</g>`
}

/** A stand-up pouch: sealed top, swelling belly, gusset below. */
export function pouch(canvas: Canvas, x: number, y: number, wide: number, tall: number, colour: string, print: string, texture = '0.5', window = ''): string {
  const [l, r, b] = [x - wide / 2, x + wide / 2, y + tall]
  const path = svg`M${l + 6} ${y} H${r - 6} L${r - 4} ${y + 34} C${r + 4} ${y + tall * 0.3} ${r + 9} ${y + tall * 0.66} ${r + 3} ${b - 6} Q${x + wide * 0.25} ${b + 13} ${x} ${b + 12} Q${x - wide * 0.25} ${b + 13} ${l - 3} ${b - 6} C${l - 9} ${y + tall * 0.66} ${l - 4} ${y + tall * 0.3} ${l + 4} ${y + 34}Z`
  const creases = [[l + 18, y + 70, 16, 90], [r - 20, y + 66, -14, 110], [l + 34, b - 64, 8, 46], [r - 40, b - 70, -10, 52]]
    .map(([cx = 0, cy = 0, dx = 0, dy = 0]) => svg`<path d="M${cx} ${cy} q${dx} ${dy * 0.4} ${dx * 0.2} ${dy}" stroke="#1c0e04" stroke-opacity=".22" stroke-width="5" fill="none" filter="${canvas.blur(2.4)}"/><path d="M${cx - 5} ${cy} q${dx} ${dy * 0.4} ${dx * 0.2} ${dy}" stroke="#fff" stroke-opacity=".34" stroke-width="4" fill="none" filter="${canvas.blur(2)}"/>`)
  const side = { x1: l - 6, y1: 0, x2: r + 6, y2: 0 }
  return [
    shadow(canvas, x, b + 3, wide * 0.5, 0.16),
    svg`<path d="${path}" fill="${canvas.linear([[0, light(colour, 0.1)], [1, dark(colour, 0.08)]])}" ${texture ? `filter="${canvas.grain(texture, 0.7)}"` : ''}/>`,
    group([print, window, ...creases,
      svg`<path d="M${l} ${b - 34} Q${x} ${b + 8} ${r} ${b - 34} V${b + 20} H${l}Z" fill="#1c0e04" opacity=".16"/><path d="M${l} ${b - 34} Q${x} ${b + 8} ${r} ${b - 34}" stroke="#fff" stroke-opacity=".35" stroke-width="2" fill="none"/>`,
      svg`<rect x="${l - 10}" y="${y}" width="${wide + 20}" height="26" fill="#fff" opacity=".12"/>`,
      ...canvas.times(5, index => svg`<path d="M${l} ${y + 4 + index * 4.6} H${r}" stroke="#1c0e04" stroke-opacity=".14" stroke-width="1.2"/>`),
      svg`<path d="M${l} ${y + 38} H${r}" stroke="#1c0e04" stroke-opacity=".25" stroke-width="2.4"/><path d="M${l} ${y + 41} H${r}" stroke="#fff" stroke-opacity=".4" stroke-width="1.6"/>`,
    ], `clip-path="${canvas.clip(path)}"`),
    svg`<path d="${path}" fill="${canvas.linear([[0, '#1c0e04', 0.34], [0.1, '#1c0e04', 0.06], [0.26, '#ffffff', 0.34], [0.42, '#ffffff', 0.04], [0.66, '#1c0e04', 0.04], [0.88, '#1c0e04', 0.26], [1, '#1c0e04', 0.42]], side)}"/>`,
  ].join('')
}
