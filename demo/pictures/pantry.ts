/** What the general store keeps on its food shelves. */
import { dark, group, light, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board, bowl, plate } from './drawing/ceramic.ts'
import { leaf, orange, osmanthus, slice } from './drawing/fruit.ts'
import { hills, roundel, sprig } from './drawing/leafprint.ts'
import { face, label, lid, pouch, tube, tubeLight, tubeShadow } from './drawing/packing.ts'
import type { Tube } from './drawing/packing.ts'
import { room, shadow } from './drawing/scene.ts'
import type { Picture } from './drinks.ts'

interface Filling { filled: string, deep: string, cap: string, ground: string, ink: string, bits?: string[] }

/** A glass jar with a screw cap and a paper label. */
function jar(canvas: Canvas, { filled, deep, cap, ground, ink, bits = [] }: Filling): string {
  const t: Tube = { cx: 236, top: 170, bottom: 412, r: 100, k: 0.2 }
  const inside: Tube = { ...t, r: 93 }
  const body = 'M136 204 Q136 182 158 178 L314 178 Q336 182 336 204 V398 Q334 420 312 426 A100 18 0 0 1 160 426 Q138 420 136 398Z'
  return [
    tubeShadow(canvas, t, filled),
    svg`<path d="${body}" fill="#fff" fill-opacity=".5"/><path d="${tube(inside, 206, 410)}" fill="${canvas.across([[0, dark(deep, 0.2)], [0.2, filled], [0.42, light(filled, 0.3)], [0.62, filled], [1, deep]])}"/>`,
    svg`<ellipse cx="236" cy="206" rx="93" ry="18" fill="${canvas.linear([[0, deep], [1, light(filled, 0.35)]])}"/>`,
    group(bits, `clip-path="${canvas.clip(tube(inside, 200, 410))}"`),
    svg`<path d="${tube(inside, 330, 410)}" fill="${canvas.linear([[0, '#3a1400', 0], [1, '#3a1400', 0.4]])}"/>`,
    label(canvas, inside, 262, 372, ground, svg`<g transform="translate(170 352)">${hills(136, 50, [light(ink, 0.72), light(ink, 0.5)])}</g>` + svg`<path d="M144 278 A93 19 0 0 0 328 278 M144 372 A93 19 0 0 0 328 372" stroke="${ink}" stroke-width="2" fill="none"/>` + place(roundel(27, ink, ground), 236, 318), 0.8),
    svg`<path d="${body}" fill="${canvas.across([[0, '#ffffff', 0.6], [0.05, '#ffffff', 0.05], [0.1, '#ffffff', 0.5], [0.18, '#ffffff', 0.4], [0.2, '#ffffff', 0], [0.8, '#2a1000', 0.04], [0.93, '#2a1000', 0.24], [0.97, '#ffffff', 0.5], [1, '#ffffff', 0.3]])}"/><path d="${body}" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="2.4"/>`,
    lid(canvas, { ...t, r: 88 }, 132, 176, cap, 0.9),
  ].join('')
}

const specks = (canvas: Canvas, count: number, colours: readonly [string, ...string[]], low = 230): string[] => canvas.times(count, () =>
  place(svg`<ellipse rx="${canvas.between(3, 9)}" ry="${canvas.between(2, 5)}" fill="${canvas.pick(colours)}"/>`, canvas.between(146, 326), canvas.between(low, 404), 1, canvas.between(0, 180)))

interface Heap { at: readonly [number, number], wide: number, count: number, draw: (canvas: Canvas, index: number) => string }

/** Loose things in a little heap, the lower ones first. */
function pile(canvas: Canvas, { at: [cx, cy], wide, count, draw }: Heap): string {
  const spots = canvas.times(count, index =>
    [cx + canvas.between(-1, 1) * wide * (1 - index / count * 0.7), cy - index / count * wide * 0.52] as const)
  return shadow(canvas, cx, cy + 8, wide * 0.95, 0.28) + spots.map(([x, y], index) => place(draw(canvas, index), x, y, 1, canvas.between(-50, 50))).join('')
}

const almond = (canvas: Canvas): string => svg`<path d="M-17 0 C-12 -13 8 -13 19 0 C8 12 -12 12 -17 0Z" fill="#5a2a08" opacity=".35" transform="translate(2 4)"/><path d="M-17 0 C-12 -13 8 -13 19 0 C8 12 -12 12 -17 0Z" fill="${canvas.linear([[0, '#d9985a'], [1, '#8f4f1e']])}"/><path d="M-11 -2 Q2 -7 14 -1 M-10 3 Q2 4 13 2" stroke="#6b3410" stroke-opacity=".5" stroke-width="1.3" fill="none"/><path d="M-10 -5 Q0 -9 9 -5" stroke="#fff" stroke-opacity=".55" stroke-width="2" fill="none"/>`
const mango = (canvas: Canvas): string => svg`<path d="M-30 6 C-22 -14 12 -18 32 -4 C26 12 -12 18 -30 6Z" fill="#8a4a00" opacity=".3" transform="translate(3 5)"/><path d="M-30 6 C-22 -14 12 -18 32 -4 C26 12 -12 18 -30 6Z" fill="${canvas.linear([[0, '#ffd05a'], [0.6, '#f6a31c'], [1, '#d67c0a']])}"/><path d="M-20 2 Q2 -12 24 -4" stroke="#fff1b8" stroke-width="3" opacity=".8" fill="none" stroke-linecap="round"/>`
const date = (canvas: Canvas): string => svg`<ellipse rx="21" ry="14" fill="#3a0806" opacity=".35" transform="translate(3 5)"/><ellipse rx="21" ry="14" fill="${canvas.ball([[0, '#e06a50'], [0.35, '#b22a1e'], [1, '#5c0e0c']])}"/><path d="M-14 -3 Q-2 -8 12 -4 M-15 3 Q0 8 14 2" stroke="#4a0806" stroke-opacity=".55" stroke-width="1.6" fill="none"/><ellipse cx="-8" cy="-6" rx="6" ry="2.4" fill="#fff" opacity=".6"/>`
const grain = (canvas: Canvas): string => svg`<ellipse rx="7.5" ry="2.8" fill="${canvas.pick(['#fffdf4', '#f4ecd8', '#fbf6e8'])}" stroke="#c9b88c" stroke-width=".6"/>`
const sugar = (canvas: Canvas, size: number): string => svg`<g filter="${canvas.grain('0.16', 2)}"><path d="M0 ${-size * 0.5} L${size * 0.8} ${-size * 0.16} L0 ${size * 0.2} L${-size * 0.8} ${-size * 0.16}Z" fill="#a5632a"/><path d="M${-size * 0.8} ${-size * 0.16} L0 ${size * 0.2} V${size} L${-size * 0.8} ${size * 0.62}Z" fill="#7c421a"/><path d="M${size * 0.8} ${-size * 0.16} L0 ${size * 0.2} V${size} L${size * 0.8} ${size * 0.62}Z" fill="#5c2c0e"/></g><path d="M${-size * 0.5} ${-size * 0.18} L0 ${-size * 0.4}" stroke="#f0c48a" stroke-width="3" opacity=".6" stroke-linecap="round"/>`

interface Bag { wall: string, colour: string, ink: string, behind: string, fill: (canvas: Canvas) => string, loose: Heap }

/** A pouch with a round window, and some of what is in it beside. */
function bag(canvas: Canvas, { wall, colour, ink, behind, fill, loose }: Bag): string {
  const view = svg`<circle cx="252" cy="318" r="58" fill="${behind}"/>` + group(canvas.times(46, () => place(fill(canvas), canvas.between(196, 308), canvas.between(262, 374), 0.9, canvas.between(0, 360))), `clip-path="${canvas.clip('M194 318 A58 58 0 0 1 310 318 A58 58 0 0 1 194 318Z')}"`) + svg`<circle cx="252" cy="318" r="58" fill="none" stroke="${dark(colour, 0.3)}" stroke-width="3"/><path d="M210 290 Q224 268 250 266" stroke="#fff" stroke-width="5" opacity=".5" fill="none" stroke-linecap="round"/>`
  const print = place(sprig(56, ink, colour), 252, 178) + svg`<rect x="206" y="220" width="92" height="5" rx="2.5" fill="${ink}" opacity=".75"/><rect x="224" y="234" width="56" height="4" rx="2" fill="${ink}" opacity=".45"/>`
  return room(canvas, { wall }) + pouch(canvas, 252, 78, 224, 340, colour, print, '0.6', view) + pile(canvas, loose)
}

/** A tall bottle of dark sauce. */
function sauce(canvas: Canvas): string {
  const outline = 'M206 118 V170 C206 200 158 208 158 250 V410 A82 16 0 0 0 322 410 V250 C322 208 274 200 274 170 V118Z'
  const t: Tube = { cx: 240, top: 250, bottom: 412, r: 82, k: 0.19 }
  return [
    tubeShadow(canvas, t, '#5a1a08'),
    svg`<path d="${outline}" fill="${canvas.across([[0, '#120402'], [0.2, '#4a160a'], [0.36, '#6b2412'], [0.6, '#2a0a04'], [0.9, '#120402'], [1, '#5a2010']])}"/>`,
    label(canvas, t, 264, 386, '#f4e6c8', svg`<path d="M158 280 A82 16 0 0 0 322 280 M158 386 A82 16 0 0 0 322 386" stroke="#9a2a1c" stroke-width="4" fill="none"/>` + svg`<rect x="208" y="296" width="64" height="84" rx="4" fill="#9a2a1c"/>` + place(sprig(46, '#f4e6c8', '#9a2a1c'), 240, 340), 1),
    svg`<path d="${outline}" fill="${canvas.across([[0, '#ffffff', 0.3], [0.07, '#ffffff', 0.04], [0.14, '#ffffff', 0.5], [0.22, '#ffffff', 0.36], [0.24, '#ffffff', 0], [0.82, '#000000', 0], [0.94, '#ffffff', 0.22], [1, '#000000', 0.3]])}"/><path d="M178 250 Q182 222 206 206" stroke="#fff" stroke-opacity=".5" stroke-width="6" fill="none" stroke-linecap="round" filter="${canvas.blur(2)}"/>`,
    lid(canvas, { ...t, r: 40 }, 78, 130, '#b8352a', 0.5),
  ].join('')
}

/** A bundle of dried noodles in a paper band. */
function noodles(canvas: Canvas): string {
  const strands = canvas.times(46, (index) => {
    const part = index / 45
    const x = 150 + part * 176
    const lift = Math.sin(part * Math.PI) * 26
    return svg`<path d="M${x - 24 + canvas.between(-3, 3)} ${118 - lift * 0.5 + canvas.between(-6, 6)} L${x + canvas.between(-2, 2)} ${402 + lift * 0.5 + canvas.between(-5, 5)}" stroke="${canvas.pick(['#f3dca0', '#e8c97e', '#fbeabc', '#dcb866'])}" stroke-width="6" stroke-linecap="round"/>`
  })
  const band = 'M134 214 Q232 176 322 214 L332 306 Q238 344 144 306Z'
  return shadow(canvas, 244, 406, 112, 0.2) + group(strands) + svg`<path d="M126 120 L160 410 M308 110 L334 400" stroke="#7a5418" stroke-opacity=".4" stroke-width="16" filter="${canvas.blur(7)}"/>`
    + svg`<path d="${band}" fill="#2a1206" opacity=".3" transform="translate(3 7)" filter="${canvas.blur(4)}"/><path d="${band}" fill="#0b7a5b" filter="${canvas.grain('0.4', 0.8)}"/>` + place(roundel(38, '#f6edd8', '#0b7a5b'), 234, 262) + svg`<path d="${band}" fill="${canvas.across([[0, '#00140c', 0.4], [0.26, '#ffffff', 0.32], [0.5, '#ffffff', 0], [1, '#00140c', 0.45]])}"/>`
}

const carton = (canvas: Canvas, colour: string, ink: string): string => svg`<path d="M96 366 L300 382 L418 350 L418 362 L306 402 L92 382Z" fill="#4a2710" opacity=".5" filter="${canvas.blur(8)}"/>`
  + face(canvas, { origin: [100, 150], right: [204, 16], down: [0, 216] }, canvas.linear([[0, light(colour, 0.12)], [1, colour]]), place(sprig(34, ink, colour), 50, 44, 1, 0, 0.94) + svg`<rect x="26" y="72" width="48" height="3" fill="${ink}"/><rect x="36" y="80" width="28" height="2.4" fill="${ink}" opacity=".6"/>`)
  + face(canvas, { origin: [304, 166], right: [86, -32], down: [0, 216] }, dark(colour, 0.22),
    place(sprig(40, light(colour, 0.3), colour), 50, 50, 1, 0, 0.4))
  + face(canvas, { origin: [186, 118], right: [204, 16], down: [-86, 32] }, light(colour, 0.25), '')
  + svg`<path d="M100 150 L304 166 V382 L100 366Z" fill="${canvas.linear([[0, '#ffffff', 0.34], [0.5, '#ffffff', 0], [1, '#2a1206', 0.16]], { x1: 100, y1: 150, x2: 304, y2: 382 })}"/>`

const sachet = (canvas: Canvas, x: number, y: number, turn: number): string => place(svg`<rect x="-44" y="-52" width="88" height="104" rx="4" fill="#2a1206" opacity=".35" transform="translate(4 7)" filter="${canvas.blur(4)}"/><rect x="-44" y="-52" width="88" height="104" rx="4" fill="${canvas.linear([[0, '#f3e8d4'], [1, '#d8c4a0']])}"/><path d="M-44 -40 H44 M-44 42 H44" stroke="#8a6a40" stroke-width="2" stroke-dasharray="4 3"/>` + place(roundel(20, '#5a3420', '#f3e8d4'), 0, 0), x, y, 1, turn, 0.92)

export const pantry: Record<string, Picture> = {
  'wildflower-honey': canvas => room(canvas, { wall: '#f0e2b6' }) + jar(canvas, { filled: '#e59a1e', deep: '#9a4e08', cap: '#7d8f5a', ground: '#fdf8ec', ink: '#8a6a1c' }) + [[76, 420, 11], [100, 434, 9], [388, 426, 12]].map(([x = 0, y = 0, r = 0]) => place(osmanthus(canvas, r), x, y, 1, x, 0.7)).join(''),

  'chilli-oil': canvas => room(canvas, { wall: '#f1dccb' }) + jar(canvas, { filled: '#c22a14', deep: '#6b0e08', cap: '#2c2622', ground: '#fbf1e0', ink: '#a8241a', bits: specks(canvas, 120, ['#7a1008', '#e85a24', '#f4b25a', '#4a0a06'], 250) })
    + place(svg`<path d="M-46 0 C-30 -16 20 -18 48 -6 C54 -2 50 4 44 2 C18 12 -26 14 -46 0Z" fill="${canvas.linear([[0, '#f0563a'], [1, '#8f100c']])}"/><path d="M-44 0 Q-56 -6 -62 -16" stroke="#4e7a2c" stroke-width="7" fill="none" stroke-linecap="round"/><path d="M-24 -6 Q8 -14 34 -6" stroke="#fff" stroke-opacity=".6" stroke-width="3" fill="none"/>`, 400, 430, 0.8, -8),

  'soy-sauce': canvas => room(canvas, { wall: '#eadfcf' }) + board(canvas, 240, 412, 420, 96, '#a97c4c') + sauce(canvas)
    + bowl(canvas, { cx: 398, top: 396, bottom: 426, r: 46, foot: 28, k: 0.4, colour: '#f4f1e8', glaze: '#dfe4dc' }, '#2a0c04', '', { level: 0.14, gloss: 0.3 }),

  'wuchang-rice': canvas => bag(canvas, { wall: '#e6e8da', colour: '#f1ead8', ink: '#0b7a5b', behind: '#e9dfc4', fill: grain, loose: { at: [88, 424], wide: 54, count: 90, draw: grain } }),
  'dried-mango': canvas => bag(canvas, { wall: '#f6e3bc', colour: '#f3c768', ink: '#8a4a0c', behind: '#c9780c', fill: mango, loose: { at: [88, 424], wide: 52, count: 9, draw: mango } }),
  'roasted-almonds': canvas => bag(canvas, { wall: '#ecdcc6', colour: '#d9b48a', ink: '#5a2e12', behind: '#7a4418', fill: almond, loose: { at: [86, 426], wide: 54, count: 16, draw: almond } }),
  'red-dates': canvas => bag(canvas, { wall: '#f1dcd2', colour: '#b8453a', ink: '#fbe6cf', behind: '#5c1410', fill: date, loose: { at: [86, 426], wide: 52, count: 11, draw: date } }),

  'sundried-noodles': canvas => room(canvas, { wall: '#efe6cf' }) + board(canvas, 240, 408, 430, 108, '#b98a58') + noodles(canvas) + place(leaf(canvas, 54, '#5a8a48'), 392, 426, 1, -14, 0.7),

  'brown-sugar-blocks': canvas => room(canvas, { wall: '#ecdac2', horizon: 0.42 }) + plate(canvas, { cx: 240, cy: 366, r: 196, k: 0.36 }, '#f1efe6', '#a8743a')
    + [[150, 300, 58], [322, 304, 56], [238, 330, 62], [236, 236, 56]].map(([x = 0, y = 0, s = 0], index) => svg`<ellipse cx="${x + 10}" cy="${y + s * 0.9}" rx="${s * 0.9}" ry="${s * 0.3}" fill="#3a1804" opacity=".4" filter="${canvas.blur(6)}"/>` + place(sugar(canvas, s), x, y, 1, index * 7 - 8)).join(''),

  'drip-coffee-bags': canvas => room(canvas, { wall: '#e7ddd0' }) + carton(canvas, '#6b4630', '#f1dfc4') + sachet(canvas, 350, 402, 16) + sachet(canvas, 108, 414, -12),

  'longjing-tin': (canvas) => {
    const t: Tube = { cx: 240, top: 150, bottom: 408, r: 92, k: 0.2 }
    return room(canvas, { wall: '#e4e8d2' }) + tubeShadow(canvas, t) + svg`<path d="${tube(t, 150, 408)}" fill="#c9b26a"/>` + label(canvas, t, 196, 386, '#5f7f3c', svg`<g transform="translate(146 300)">${hills(190, 110, ['#87a45a', '#4a6a2c', '#2f4a1c'])}</g>` + place(roundel(34, '#f3ead0', '#5f7f3c'), 240, 276)) + tubeLight(canvas, t, 150, 408, 0.6) + lid(canvas, t, 106, 168, '#d6bd78', 0.85)
      + pile(canvas, { at: [388, 428], wide: 44, count: 44, draw: inner => svg`<path d="M-14 0 Q0 -6 15 0 Q0 5 -14 0Z" fill="${inner.pick(['#8aa04a', '#6f8a38', '#a8b862', '#56702c'])}"/>` })
  },

  'chrysanthemum-jar': canvas => room(canvas, { wall: '#f3ecd0' }) + jar(canvas, { filled: '#f3e2a2', deep: '#d8b85a', cap: '#c9a064', ground: '#ffffff', ink: '#c98a1c', bits: canvas.times(38, () => place(svg`${canvas.times(11, index => svg`<ellipse cx="10" rx="10" ry="3.6" fill="#fffdf0" stroke="#e0cc8a" stroke-width=".7" transform="rotate(${index * 33})"/>`)}<circle r="6" fill="#f0b428"/>`, canvas.between(150, 322), canvas.between(214, 400), canvas.between(0.9, 1.4), canvas.between(0, 90), 0.8)) })
    + place(slice(canvas, 30, orange), 396, 428, 1, 0, 0.6),
}
