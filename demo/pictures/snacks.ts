/** Things on plates. */
import { group, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { cookie, crumb, eggTart, mochi } from './drawing/bakery.ts'
import type { Corner } from './drawing/bakery.ts'
import { board, bowl, plate } from './drawing/ceramic.ts'
import type { Pot } from './drawing/ceramic.ts'
import { leaf, mint, osmanthus, strawberry, strawberryHalf } from './drawing/fruit.ts'
import { room, shadow, steam } from './drawing/scene.ts'
import { prop } from './drinks.ts'
import type { Picture } from './drinks.ts'

/** A thick slab of milk bread with a scored, buttered face. */
function toast(canvas: Canvas): string {
  const [a, b, c, d]: [Corner, Corner, Corner, Corner] = [[112, 214], [248, 158], [376, 208], [240, 272]]
  const tall = 92
  const [al, dl, cl]: [Corner, Corner, Corner] = [[116, 214 + tall], [240, 272 + tall + 8], [372, 208 + tall]]
  const mixed = (u: number, v: number): Corner => [
    a[0] + (b[0] - a[0]) * u + (d[0] - a[0]) * v + (c[0] - b[0] - d[0] + a[0]) * u * v,
    a[1] + (b[1] - a[1]) * u + (d[1] - a[1]) * v + (c[1] - b[1] - d[1] + a[1]) * u * v,
  ]
  const line = (u1: number, v1: number, u2: number, v2: number): string => svg`M${mixed(u1, v1)[0]} ${mixed(u1, v1)[1]} L${mixed(u2, v2)[0]} ${mixed(u2, v2)[1]}`
  const cuts = [1, 2].map(index => line(index / 3, 0.03, index / 3, 0.97) + line(0.03, index / 3, 0.97, index / 3)).join('')
  const sauce = 'M146 214 Q176 186 214 190 Q258 166 292 186 Q346 192 342 210 Q330 226 302 226 Q300 262 286 270 Q274 262 276 238 Q252 252 240 258 Q238 318 224 322 Q210 314 216 262 Q190 252 182 238 Q178 276 166 276 Q156 268 162 234 Q146 226 146 214Z'
  return [
    crumb(canvas, [a, d, dl, al], '#f8e6be', '0.2', 1.5, '#c98a3c'), crumb(canvas, [d, c, cl, dl], '#ecd09a', '0.2', 1.5, '#a9641f'),
    crumb(canvas, [a, b, c, d], '#e9b25a', '0.09', 2.6, '#a85c18'),
    svg`<path d="${cuts}" stroke="#7a3c0c" stroke-width="4" opacity=".55" fill="none" filter="${canvas.blur(1)}"/><path d="${cuts}" stroke="#fbe6b6" stroke-width="1.6" opacity=".7" fill="none" transform="translate(0 2)"/>`,
    svg`<path d="${sauce}" fill="#7a4a1c" opacity=".4" transform="translate(4 6)" filter="${canvas.blur(4)}"/><path d="${sauce}" fill="${canvas.linear([[0, '#fffdf4'], [0.5, '#fff3d6'], [1, '#f0d8a4']])}"/>`,
    svg`<path d="M168 210 Q200 190 236 196 Q268 176 306 194" stroke="#fff" stroke-width="7" opacity=".95" fill="none" stroke-linecap="round" filter="${canvas.blur(2)}"/><path d="M220 270 V308 M167 246 V266 M286 236 V258" stroke="#fff" stroke-width="4" opacity=".9" stroke-linecap="round" filter="${canvas.blur(1)}"/>`,
    svg`<g transform="translate(246 194)"><path d="M-32 -4 L2 -22 L36 -8 L2 12Z" fill="#ffe98c"/><path d="M-32 -4 L2 12 V24 L-32 8Z" fill="#f3cb4e"/><path d="M36 -8 L2 12 V24 L36 4Z" fill="#dca92e"/><path d="M-22 -5 L2 -17" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".8"/></g>`,
  ].join('')
}

/** One wedge of layered, blistered flatbread. */
function pancake(canvas: Canvas, cx: number, cy: number, r: number, k: number): string {
  const wedge = (from: number, to: number, dx: number, dy: number): string => {
    const n = 14
    const angles = canvas.times(n + 1, index => from + (to - from) * index / n)
    const points = angles.map(angle => [cx + dx + Math.cos(angle) * r, cy + dy + Math.sin(angle) * r * k] as const)
    const top = `M${cx + dx} ${cy + dy}` + points.map(([x, y]) => svg`L${x} ${y}`).join('') + 'Z'
    const tall = 17
    const side = svg`M${cx + dx} ${cy + dy} L${points[0]?.[0] ?? 0} ${points[0]?.[1] ?? 0}` + points.map(([x, y]) => svg`L${x} ${y}`).join('') + svg`L${cx + dx} ${cy + dy}Z`
    const sides = canvas.times(tall, index => svg`<path d="${side}" transform="translate(0 ${tall - index})" fill="${index % 5 < 2 ? '#b8742a' : index % 5 === 2 ? '#8a4f18' : '#f3d694'}" stroke="${index % 5 < 2 ? '#b8742a' : '#e8c078'}" stroke-width="3" stroke-linejoin="round"/>`)
    const clip = canvas.clip(top)
    const spots = canvas.times(30, () => {
      const [angle, d] = [canvas.between(from, to), Math.sqrt(canvas.random())]
      const [x, y] = [cx + dx + Math.cos(angle) * d * r, cy + dy + Math.sin(angle) * d * r * k]
      return svg`<ellipse cx="${x}" cy="${y}" rx="${canvas.between(4, 15)}" ry="${canvas.between(2.5, 8)}" fill="${canvas.pick(['#8a4210', '#a45a1a', '#6f3008', '#b86e22'])}" opacity="${canvas.between(0.35, 0.75)}"/>`
    })
    const greens = canvas.times(26, () => {
      const [angle, d] = [canvas.between(from + 0.05, to - 0.05), Math.sqrt(canvas.random()) * 0.95]
      const [x, y] = [cx + dx + Math.cos(angle) * d * r, cy + dy + Math.sin(angle) * d * r * k]
      return svg`<g transform="translate(${x} ${y}) rotate(${canvas.between(0, 180)})"><rect x="-5" y="-2" width="${canvas.between(6, 11)}" height="4" rx="1.6" fill="${canvas.pick(['#3f8a2a', '#57a238', '#2f6f22', '#7cb84c'])}"/><path d="M-4 -1 h6" stroke="#d6efb0" stroke-width=".9" opacity=".8"/></g>`
    })
    const swirls = canvas.times(5, index => svg`<path d="M${cx + dx + Math.cos(from) * r * (0.24 + index * 0.17)} ${cy + dy + Math.sin(from) * r * k * (0.24 + index * 0.17)} A${r * (0.24 + index * 0.17)} ${r * k * (0.24 + index * 0.17)} 0 0 1 ${cx + dx + Math.cos(to) * r * (0.27 + index * 0.17)} ${cy + dy + Math.sin(to) * r * k * (0.27 + index * 0.17)}" stroke="#9a5618" stroke-width="3" fill="none" opacity=".5"/><path d="M${cx + dx + Math.cos(from) * r * (0.21 + index * 0.17)} ${cy + dy + Math.sin(from) * r * k * (0.21 + index * 0.17)} A${r * (0.21 + index * 0.17)} ${r * k * (0.21 + index * 0.17)} 0 0 1 ${cx + dx + Math.cos(to) * r * (0.24 + index * 0.17)} ${cy + dy + Math.sin(to) * r * k * (0.24 + index * 0.17)}" stroke="#ffe9b4" stroke-width="2.4" fill="none" opacity=".6"/>`)
    const face = group([svg`<path d="${top}" fill="${canvas.radial([[0, '#f8d78c'], [0.6, '#ecbc5e'], [1, '#c98630']], { cx, cy, r })}"/>`, group([...spots, ...swirls], `filter="${canvas.blur(1.6)}"`)], `clip-path="${clip}"`)
    return svg`<path d="${side}" transform="translate(5 ${tall + 6})" fill="#4a2408" opacity=".4" filter="${canvas.blur(4)}"/>` + sides.join('') + group(face, `filter="${canvas.grain('0.05', 2.6)}"`) + group(greens, `clip-path="${clip}"`)
      + svg`<path d="${top}" fill="none" stroke="#ffe9b4" stroke-opacity=".5" stroke-width="1.6"/>`
  }
  const parts: [number, number, number, number][] = [[3.5, 4.85, -10, -12], [5.0, 6.5, 16, -10], [1.9, 3.38, -12, 4], [0.32, 1.78, 20, 16]]
  return parts.map(([from, to, dx, dy]) => wedge(from, to, dx, dy)).join('') + svg`<path d="M120 212 q50 -34 116 -36" stroke="#fff" stroke-width="8" opacity=".4" fill="none" stroke-linecap="round" filter="${canvas.blur(4)}"/>`
}

/** Moves the table closer, so that the plate fills the picture. */
const closer = (content: string, up: number, scale = 1): string => svg`<g transform="translate(240 ${300 - up}) scale(${scale}) translate(-240 -300)">${content}</g>`

export const snacks: Record<string, Picture> = {
  'egg-tart': canvas => room(canvas, { wall: '#f3e0c2', horizon: 0.4 }) + closer(plate(canvas, { cx: 240, cy: 312, r: 206, k: 0.46 }, '#f2f1ea', '#7fa894')
    + eggTart(canvas, 300, 226, 94, 0.5) + eggTart(canvas, 172, 276, 104, 0.5)
    + group(canvas.times(12, () => svg`<path d="M0 0 l8 -3 l5 4 l-7 4Z" fill="#d99a48" transform="translate(${canvas.between(260, 370)} ${canvas.between(340, 376)}) rotate(${canvas.between(0, 360)})"/>`)), 40, 1.06),

  'strawberry-mochi': canvas => room(canvas, { wall: '#f7e2df', horizon: 0.4 }) + closer(plate(canvas, { cx: 240, cy: 330, r: 204, k: 0.44 }, '#e9ece4', '#c8a9a2')
    + mochi(canvas, 302, 296, 84) + (() => {
    const [x, y, r] = [160, 338, 92]
    return mochi(canvas, x, y, r) + svg`<ellipse cx="${x + 4}" cy="${y - r * 0.5}" rx="${r * 0.74}" ry="${r * 0.68}" fill="#fffaf6"/><ellipse cx="${x + 4}" cy="${y - r * 0.5}" rx="${r * 0.64}" ry="${r * 0.58}" fill="${canvas.radial([[0, '#8a3a34'], [1, '#5c1c1c']], { cx: x, cy: y - 60, r: r * 0.7 })}" filter="${canvas.grain('0.12', 2)}"/>` + place(strawberryHalf(canvas, r * 0.47), x + 5, y - r * 0.52, 1, -8)
  })() + prop(canvas, 372, 340, 30, strawberry(canvas, 36)) + place(mint(canvas, 34), 252, 366, 1, 20, 0.7), 50, 1.08),

  'condensed-milk-toast': canvas => room(canvas, { wall: '#f2dfc3', horizon: 0.4 }) + closer(plate(canvas, { cx: 240, cy: 328, r: 214, k: 0.44 }, '#efe9dc', '#b98c5a') + svg`<path d="M112 306 L240 384 L400 318 L372 280Z" fill="#3a1c08" opacity=".5" filter="${canvas.blur(7)}"/><path d="M112 304 L240 378 L378 300 L250 250Z" fill="#3a1c08" opacity=".6" filter="${canvas.blur(3)}"/>` + toast(canvas), 30, 1.04),

  'earl-grey-cookies': canvas => room(canvas, { wall: '#eddcc6', horizon: 0.46 }) + closer(board(canvas, 240, 376, 430, 130, '#b98a58')
    + [[150, 372, -2], [152, 346, 3], [147, 320, -3], [153, 294, 2], [149, 268, -2]].map(([x = 0, y = 0, turn = 0], index) => (index ? svg`<ellipse cx="${x + 3}" cy="${y + 16}" rx="82" ry="38" fill="#5a3010" opacity=".4" filter="${canvas.blur(4)}"/>` : shadow(canvas, x, y + 14, 78, 0.4)) + place(cookie(canvas, 84, 0.44), x, y, 1, turn)).join('')
    + shadow(canvas, 322, 388, 84, 0.4) + place(cookie(canvas, 88, 0.44), 318, 374)
    + place(shadow(canvas, 8, 22, 60, 0.5) + cookie(canvas, 80, 0.5), 330, 334, 1, -12)
    + svg`<g transform="translate(404 420)">${canvas.times(16, () => svg`<path d="M0 0 q6 -3 12 0 q-6 2 -12 0Z" fill="#2e2a1c" transform="translate(${canvas.between(-34, 24)} ${canvas.between(-10, 12)}) rotate(${canvas.between(0, 180)})"/>`)}</g>`
    + place(group([0, 60, 120, 180, 240, 300].map(turn => svg`<ellipse cx="9" rx="8" ry="3.4" fill="#4a6fb8" transform="rotate(${turn})"/>`)), 372, 440, 1, 0, 0.6), 74, 1.02),

  'scallion-pancake': canvas => room(canvas, { wall: '#efe2c4', horizon: 0.4 }) + closer(plate(canvas, { cx: 240, cy: 300, r: 222, k: 0.52 }, '#e4e8e2', '#3f7f8f') + pancake(canvas, 238, 276, 172, 0.52), 44, 1.02),

  'rice-ball-soup': (canvas) => {
    const pot: Pot = { cx: 240, top: 214, bottom: 380, r: 182, foot: 80, k: 0.46, colour: '#dfe9df', glaze: '#9fbfae', grain: '0.4' }
    const spots: [number, number, number][] = []
    for (let index = 0; index < 400 && spots.length < 44; index++) {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.82]
      const [x, y, r] = [240 + Math.cos(a) * d * 160, 234 + Math.sin(a) * d * 70, canvas.between(14, 18)]
      if (spots.every(([ox, oy]) => Math.hypot(ox - x, (oy - y) * 1.5) > 23)) spots.push([x, y, r])
    }
    const ball = canvas.ball([[0, '#ffffff'], [0.45, '#fffaf0'], [0.8, '#ecdcc0'], [1, '#cfb48c']])
    const rice = canvas.times(70, () => {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.95]
      return svg`<ellipse cx="${240 + Math.cos(a) * d * 164}" cy="${234 + Math.sin(a) * d * 74}" rx="4.5" ry="1.8" fill="#fffdf4" opacity=".8" transform="rotate(${canvas.between(-60, 60)} ${240 + Math.cos(a) * d * 164} ${234 + Math.sin(a) * d * 74})"/>`
    })
    const balls = spots.sort((one, other) => one[1] - other[1]).map(([x, y, r]) => svg`<ellipse cx="${x + 2}" cy="${y + 5}" rx="${r * 1.04}" ry="${r * 0.8}" fill="#8a5a1c" opacity=".35" filter="${canvas.blur(2)}"/><ellipse cx="${x}" cy="${y}" rx="${r}" ry="${r * 0.92}" fill="${ball}"/><ellipse cx="${x - r * 0.3}" cy="${y - r * 0.38}" rx="${r * 0.26}" ry="${r * 0.16}" fill="#fff"/>`)
    const flowers = canvas.times(26, () => {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.85]
      return place(osmanthus(canvas, 7), 240 + Math.cos(a) * d * 156, 230 + Math.sin(a) * d * 68, 1, canvas.between(0, 90), 0.7)
    })
    const goji = [[176, 236], [286, 212], [316, 254], [228, 268]].map(([x = 0, y = 0], index) => svg`<ellipse cx="${x}" cy="${y}" rx="10" ry="5.5" fill="${canvas.linear([[0, '#f4543a'], [1, '#b81e14']])}" transform="rotate(${index * 40 - 30} ${x} ${y})"/><ellipse cx="${x - 2}" cy="${y - 2}" rx="3.4" ry="1.2" fill="#fff" opacity=".7"/>`)
    return room(canvas, { wall: '#f3e4c4' }) + board(canvas, 240, 392, 440, 110, '#b98a58') + bowl(canvas, pot, '#f0cf8a', group([...rice, ...balls, ...goji, ...flowers]), { round: 0.6, level: 0.1 }) + steam(canvas, 240, 190, 120)
      + place(leaf(canvas, 56, '#4e8a45', false), 392, 436, 1, -20, 0.7) + place(osmanthus(canvas, 10), 420, 444, 1, 0, 0.7) + place(osmanthus(canvas, 9), 66, 432, 1, 0, 0.7)
  },
}
