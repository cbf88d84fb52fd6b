/** Fired things: plates, bowls, cups, and what is turned on a wheel. */
import { dark, group, light, mix, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { shadow } from './scene.ts'

export interface Oval { cx: number, cy: number, r: number, k: number }

/** A round plate with a raised lip. */
export function plate(canvas: Canvas, { cx, cy, r, k }: Oval, colour = '#f7f2e9', rim = ''): string {
  const side = { x1: cx - r, y1: cy - r * k, x2: cx + r, y2: cy + r * k }
  const oval = (scale: number, dy: number, attributes: string): string => svg`<ellipse cx="${cx}" cy="${cy + dy}" rx="${r * scale}" ry="${r * k * scale}" ${attributes}/>`
  return [
    shadow(canvas, cx, cy + r * 0.1, r * 0.9, k),
    oval(0.98, r * 0.065, `fill="${dark(colour, 0.28)}"`),
    oval(1, 0, `fill="${canvas.linear([[0, light(colour, 0.7)], [0.5, colour], [1, dark(colour, 0.07)]], side)}"`),
    oval(0.985, 0, `fill="none" stroke="${rim || light(colour, 0.9)}" stroke-width="${rim ? 3 : 2}" stroke-opacity=".9"`),
    oval(0.76, r * 0.025, `fill="${canvas.linear([[0, dark(colour, 0.13)], [0.35, dark(colour, 0.03)], [1, light(colour, 0.8)]], side)}"`),
    oval(0.73, r * 0.035, `fill="${canvas.linear([[0, dark(colour, 0.02)], [1, dark(colour, 0.05)]], side)}"`),
    svg`<path d="M${cx - r * 0.9} ${cy - r * k * 0.16} A${r * 0.9} ${r * k * 0.9} 0 0 1 ${cx - r * 0.28} ${cy - r * k * 0.86}" stroke="#fff" stroke-width="${r * 0.035}" fill="none" stroke-linecap="round" opacity=".9" filter="${canvas.blur(1.6)}"/>`,
  ].join('')
}

export interface Pot {
  cx: number
  top: number
  bottom: number
  r: number
  foot: number
  k: number
  colour: string
  glaze?: string
  grain?: string
}

/** The outside of a bowl or cup, belly to foot. */
export function belly(p: Pot, round = 0.55): string {
  const tall = p.bottom - p.top
  return svg`M${p.cx - p.r} ${p.top} C${p.cx - p.r} ${p.top + tall * round} ${p.cx - p.foot - (p.r - p.foot) * 0.35} ${p.bottom - tall * 0.04} ${p.cx - p.foot} ${p.bottom} A${p.foot} ${p.foot * p.k} 0 0 0 ${p.cx + p.foot} ${p.bottom} C${p.cx + p.foot + (p.r - p.foot) * 0.35} ${p.bottom - tall * 0.04} ${p.cx + p.r} ${p.top + tall * round} ${p.cx + p.r} ${p.top} A${p.r} ${p.r * p.k} 0 0 1 ${p.cx - p.r} ${p.top}Z`
}

/** Light on something round and fired: soft window left, warm bounce right. */
export function turnedShade(canvas: Canvas, path: string, cx: number, r: number, gloss = 0.6): string {
  const side = { x1: cx - r, y1: 0, x2: cx + r, y2: 0 }
  return svg`<path d="${path}" fill="${canvas.linear([[0, '#3a1c08', 0.26], [0.1, '#3a1c08', 0.06], [0.26, '#ffffff', 0.32], [0.42, '#ffffff', 0.06], [0.62, '#3a1c08', 0.08], [0.86, '#3a1c08', 0.38], [0.96, '#3a1c08', 0.44], [1, '#ffdcb0', 0.2]], side)}"/>`
    + (gloss ? svg`<ellipse cx="${cx - r * 0.52}" cy="0" rx="${r * 0.07}" ry="${r * 0.34}" fill="#fff" opacity="${gloss}" filter="${canvas.blur(r * 0.035)}" transform="translate(0 ${glossAt(path)}) rotate(6 ${cx - r * 0.52} 0)"/>` : '')
}

/** The height of the gloss: a third down from where the outline begins. */
function glossAt(path: string): number {
  const numbers = path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? []
  const ys = numbers.filter((_, index) => index % 2 === 1)
  return (ys[0] ?? 0) + 42
}

/** The mouth: lip, inner wall, and what is in it. */
export function mouth(canvas: Canvas, p: Pot, filled: string | null, content = '', level = 0.12): string {
  const [rx, ry] = [p.r, p.r * p.k]
  const inner = light(p.colour, 0.25)
  const deep = p.r * level
  const clip = canvas.clip(svg`M${p.cx - rx * 0.95} ${p.top} A${rx * 0.95} ${ry * 0.94} 0 0 1 ${p.cx + rx * 0.95} ${p.top} A${rx * 0.95} ${ry * 0.94} 0 0 1 ${p.cx - rx * 0.95} ${p.top}Z`)
  return [
    svg`<ellipse cx="${p.cx}" cy="${p.top}" rx="${rx}" ry="${ry}" fill="${canvas.across([[0, light(p.colour, 0.55)], [0.5, light(p.colour, 0.2)], [1, dark(p.colour, 0.04)]])}"/>`,
    group([
      svg`<ellipse cx="${p.cx}" cy="${p.top}" rx="${rx * 0.95}" ry="${ry * 0.94}" fill="${canvas.across([[0, dark(inner, 0.36)], [0.3, dark(inner, 0.16)], [1, light(inner, 0.3)]])}"/>`,
      filled ? svg`<ellipse cx="${p.cx}" cy="${p.top + deep}" rx="${rx * 0.93}" ry="${ry * 0.92}" fill="${canvas.radial([[0, light(filled, 0.22)], [0.75, filled], [1, dark(filled, 0.22)]], { cx: p.cx + rx * 0.15, cy: p.top + deep, r: rx })}"/>` : '',
      content,
      svg`<ellipse cx="${p.cx}" cy="${p.top}" rx="${rx * 0.95}" ry="${ry * 0.94}" fill="none" stroke="#2a1206" stroke-opacity=".28" stroke-width="5" filter="${canvas.blur(2.5)}"/>`,
    ], `clip-path="${clip}"`),
    svg`<ellipse cx="${p.cx}" cy="${p.top}" rx="${rx * 0.985}" ry="${ry * 0.98}" fill="none" stroke="#fff" stroke-opacity=".65" stroke-width="1.6"/>`,
  ].join('')
}

/** Bowl, cup or tumbler in one piece. */
export function bowl(canvas: Canvas, p: Pot, filled: string | null, content = '', { round = 0.55, level = 0.12, gloss = 0.6, extra = '' } = {}): string {
  const path = belly(p, round)
  return [
    shadow(canvas, p.cx, p.bottom + 1, p.foot * 1.12, p.k + 0.04),
    svg`<ellipse cx="${p.cx}" cy="${p.bottom + 2}" rx="${p.foot * 0.96}" ry="${p.foot * p.k}" fill="${dark(p.colour, 0.5)}"/>`,
    svg`<path d="${path}" fill="${canvas.linear([[0, light(p.colour, 0.12)], [1, p.glaze ?? dark(p.colour, 0.1)]])}" ${p.grain ? `filter="${canvas.grain(p.grain, 1.1)}"` : ''}/>`,
    group(extra, `clip-path="${canvas.clip(path)}"`),
    turnedShade(canvas, path, p.cx, p.r, gloss),
    mouth(canvas, p, filled, content, level),
  ].join('')
}

/** An ear of clay on the right-hand side. */
export function handle(canvas: Canvas, x: number, top: number, bottom: number, out: number, colour: string, thick = 20): string {
  const path = svg`M${x - 10} ${top} C${x + out * 0.7} ${top - 12} ${x + out * 1.25} ${top + (bottom - top) * 0.3} ${x + out} ${(top + bottom) / 2 + 8} C${x + out * 0.8} ${bottom - 4} ${x + out * 0.4} ${bottom} ${x - 14} ${bottom}`
  return svg`<path d="${path}" fill="none" stroke="${dark(colour, 0.3)}" stroke-width="${thick}" stroke-linecap="round"/><path d="${path}" fill="none" stroke="${mix(colour, dark(colour, 0.2), 0.4)}" stroke-width="${thick * 0.72}" stroke-linecap="round" transform="translate(-1.5 -2)"/><path d="${path}" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="${thick * 0.2}" stroke-linecap="round" transform="translate(-3 -5)" filter="${canvas.blur(1.4)}"/>`
}

/** A bamboo mat or wooden board under things. */
export function board(canvas: Canvas, cx: number, cy: number, wide: number, deep: number, colour = '#c89a63'): string {
  const [w, thick] = [wide / 2, 13]
  const path = svg`M${cx - w + deep * 0.35} ${cy - deep / 2} H${cx + w - deep * 0.35} Q${cx + w - deep * 0.2} ${cy - deep / 2} ${cx + w - deep * 0.14} ${cy - deep * 0.4} L${cx + w} ${cy + deep * 0.4} Q${cx + w + 4} ${cy + deep / 2} ${cx + w - 12} ${cy + deep / 2} H${cx - w + 12} Q${cx - w - 4} ${cy + deep / 2} ${cx - w} ${cy + deep * 0.4} L${cx - w + deep * 0.14} ${cy - deep * 0.4} Q${cx - w + deep * 0.2} ${cy - deep / 2} ${cx - w + deep * 0.35} ${cy - deep / 2}Z`
  return [
    svg`<path d="${path}" transform="translate(10 ${thick + 8})" fill="#5a3214" opacity=".4" filter="${canvas.blur(9)}"/>`,
    svg`<path d="${path}" transform="translate(0 ${thick})" fill="${dark(colour, 0.42)}"/>`,
    svg`<path d="${path}" fill="${canvas.linear([[0, light(colour, 0.2)], [1, colour]])}" filter="${canvas.grain('0.006 0.16', 1.3)}"/>`,
    svg`<path d="M${cx - w + 10} ${cy + deep / 2 - 1} H${cx + w - 10}" stroke="#fff" stroke-opacity=".4" stroke-width="2"/>`,
  ].join('')
}
