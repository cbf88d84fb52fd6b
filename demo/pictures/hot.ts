/** Hot drinks: fired cups and a glass pot. */
import { group, light, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board, bowl, handle } from './drawing/ceramic.ts'
import type { Pot } from './drawing/ceramic.ts'
import { coffeeBean, tealeaf } from './drawing/fruit.ts'
import { room, shadow, steam } from './drawing/scene.ts'
import type { Picture } from './drinks.ts'

/** A poured rosetta: nested hearts drawn on a stem. */
function rosetta(canvas: Canvas, cx: number, cy: number, r: number, k: number): string {
  const petals = canvas.times(6, (index) => {
    const y = 0.62 - index * 0.24
    const wide = 0.68 - Math.abs(index - 1.6) * 0.1
    const [outer, inner] = [y - 0.34, y - 0.14]
    return svg`<path d="M0 ${y} C${-wide * 0.7} ${y - 0.02} ${-wide * 1.05} ${outer} ${-wide} ${outer - 0.06} C${-wide * 0.7} ${outer} ${-wide * 0.3} ${inner} 0 ${inner + 0.02} C${wide * 0.3} ${inner} ${wide * 0.7} ${outer} ${wide} ${outer - 0.06} C${wide * 1.05} ${outer} ${wide * 0.7} ${y - 0.02} 0 ${y}Z"/>`
  })
  const heart = '<path d="M0 -.62 C-.1 -.86 -.42 -.84 -.38 -.62 C-.34 -.46 -.1 -.4 0 -.28 C.1 -.4 .34 -.46 .38 -.62 C.42 -.84 .1 -.86 0 -.62Z"/>'
  const art = svg`<g transform="translate(${cx} ${cy}) rotate(-14) scale(${r} ${r * k})">${petals}${heart}<path d="M0 .78 Q.02 0 0 -.55" stroke="#9a5a2a" stroke-width=".03" fill="none"/></g>`
  return svg`<g fill="#c98f58" opacity=".7" filter="${canvas.blur(3)}">${art}</g><g fill="#fdf3e2" filter="${canvas.rough(3, 0.05)}">${art}</g>`
}

const saucer = (canvas: Canvas, cx: number, cy: number, r: number, k: number, colour: string): string => [
  shadow(canvas, cx, cy + 10, r * 0.94, k),
  svg`<ellipse cx="${cx}" cy="${cy + 9}" rx="${r * 0.97}" ry="${r * k}" fill="#8d7458"/>`,
  svg`<ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${r * k}" fill="${canvas.linear([[0, light(colour, 0.6)], [0.6, colour], [1, '#d8c8b2']], { x1: cx - r, y1: cy - r * k, x2: cx + r, y2: cy + r * k })}"/>`,
  svg`<ellipse cx="${cx}" cy="${cy + 4}" rx="${r * 0.64}" ry="${r * k * 0.62}" fill="#6b4a2c" opacity=".22" filter="${canvas.blur(5)}"/>`,
  svg`<path d="M${cx - r * 0.94} ${cy} A${r * 0.94} ${r * k * 0.94} 0 0 1 ${cx - r * 0.2} ${cy - r * k * 0.92}" stroke="#fff" stroke-width="3" fill="none" opacity=".9" filter="${canvas.blur(1)}"/>`,
].join('')

/** The glass pot over a small flame. */
function glassPot(canvas: Canvas): string {
  const tea = canvas.linear([[0, '#f0a03a'], [0.35, '#d97618'], [1, '#96400a']])
  const body = 'M120 214 C92 250 84 322 128 366 A90 18 0 0 0 288 366 C332 322 324 250 296 214 A88 17 0 0 1 120 214Z'
  const liquid = 'M104 252 C88 292 98 340 132 364 A86 15 0 0 0 284 364 C318 340 328 292 312 252 A104 20 0 0 1 104 252Z'
  const peel = canvas.times(6, () => svg`<path d="M0 0 q14 -12 30 -4 q-6 12 -30 4Z" fill="${canvas.pick(['#e0701a', '#c9560f', '#f08a2a'])}" stroke="#ffb56a" stroke-opacity=".7" stroke-width="1.2" transform="translate(${canvas.between(124, 258)} ${canvas.between(316, 362)}) rotate(${canvas.between(-50, 50)})"/>`)
  const leaves = canvas.times(22, () => place(tealeaf(canvas, canvas.between(24, 44), canvas.pick(['#4a3a1e', '#5c4526', '#3a2c16'])), canvas.between(112, 262), canvas.between(330, 370), 1, canvas.between(-30, 30)))
  return [
    shadow(canvas, 208, 376, 88, 0.18, '#e08a2a'),
    '<path d="M300 262 C352 252 356 224 384 196 L398 204 C376 244 372 288 308 308Z" fill="#ffffff" fill-opacity=".3" stroke="#fff" stroke-opacity=".9" stroke-width="3"/>',
    '<path d="M306 280 C346 268 352 248 366 226 L380 232 C366 268 352 292 306 304Z" fill="#d97618" opacity=".75"/>',
    '<path d="M112 240 C44 214 30 322 106 336" fill="none" stroke="#a9825a" stroke-width="20" stroke-linecap="round"/><path d="M112 238 C48 214 36 318 106 334" fill="none" stroke="#d2aa7c" stroke-width="12" stroke-linecap="round"/><path d="M86 232 C54 240 46 280 60 306" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="3" stroke-linecap="round"/>',
    svg`<path d="${body}" fill="#fff" fill-opacity=".34"/><path d="${liquid}" fill="${tea}"/>`,
    group([...leaves, ...peel], `clip-path="${canvas.clip(liquid)}"`),
    svg`<ellipse cx="208" cy="252" rx="104" ry="20" fill="${canvas.linear([[0, '#d98a34'], [1, '#ffc672']])}"/><ellipse cx="208" cy="252" rx="104" ry="20" fill="none" stroke="#ffe2b0" stroke-width="1.6"/>`,
    svg`<path d="${liquid}" fill="${canvas.across([[0, '#5a1f00', 0.5], [0.12, '#5a1f00', 0.1], [0.4, '#fff2c8', 0.26], [0.7, '#5a1f00', 0.05], [0.92, '#5a1f00', 0.42], [1, '#ffe0a0', 0.3]])}"/>`,
    '<path d="M120 214 C92 250 84 322 128 366 A90 18 0 0 0 288 366 C332 322 324 250 296 214" fill="none" stroke="#fff" stroke-opacity=".9" stroke-width="3.4"/>',
    svg`<path d="M124 238 C102 276 104 322 134 350 Q118 300 138 238Z" fill="#fff" opacity=".6" filter="${canvas.blur(2)}"/><path d="M300 250 Q312 300 290 340" stroke="#fff" stroke-width="4" opacity=".5" fill="none" stroke-linecap="round" filter="${canvas.blur(1.2)}"/>`,
    svg`<ellipse cx="208" cy="212" rx="90" ry="18" fill="#c69a68"/><ellipse cx="208" cy="207" rx="90" ry="18" fill="${canvas.linear([[0, '#ecc997'], [1, '#cfa06a']])}" filter="${canvas.grain('0.008 0.2', 1)}"/><ellipse cx="208" cy="207" rx="88" ry="17" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="1.5"/>`,
    svg`<ellipse cx="208" cy="200" rx="16" ry="5" fill="#6b4320" opacity=".5"/><path d="M196 198 Q192 176 208 174 Q224 176 220 198 Q208 203 196 198Z" fill="${canvas.across([[0, '#b98a55'], [0.35, '#f0d0a0'], [1, '#8a5c30']])}"/>`,
  ].join('')
}

export const hot: Record<string, Picture> = {
  'fresh-milk-latte': (canvas) => {
    const pot: Pot = { cx: 226, top: 206, bottom: 358, r: 140, foot: 74, k: 0.4, colour: '#f6efe4' }
    const milk = group([
      svg`<ellipse cx="226" cy="217" rx="132" ry="53" fill="${canvas.radial([[0, '#c98647'], [0.7, '#b36e30'], [0.93, '#8d4d1c'], [1, '#6b3510']], { cx: 232, cy: 217, r: 134 })}"/>`,
      rosetta(canvas, 226, 218, 104, 0.4),
    ])
    return room(canvas, { wall: '#eadccb' }) + saucer(canvas, 232, 368, 168, 0.34, '#f6efe4') + handle(canvas, 348, 244, 314, 58, '#f6efe4', 22)
      + bowl(canvas, pot, '#b9733a', milk, { round: 0.62, level: 0.08 }) + steam(canvas, 226, 196, 130)
      + group([[62, 440, 12, 20], [90, 452, 11, -40], [410, 440, 12, 60]].map(([x = 0, y = 0, r = 0, turn = 0]) =>
        shadow(canvas, x, y + r * 0.6, r, 0.3) + place(coffeeBean(canvas, r * 1.3), x, y, 1, turn)))
  },

  'dancong-oolong': (canvas) => {
    const cup: Pot = { cx: 244, top: 212, bottom: 352, r: 122, foot: 54, k: 0.38, colour: '#f5f5ee', glaze: '#e6eae2' }
    const tasting: Pot = { cx: 402, top: 352, bottom: 408, r: 52, foot: 27, k: 0.4, colour: '#f5f5ee' }
    const sprig = svg`<g fill="none" stroke="#2f6f8a" stroke-opacity=".75" stroke-width="3.4" stroke-linecap="round"><path d="M176 330 Q220 296 300 300"/><path d="M214 312 q-10 -22 8 -34 q10 20 -8 34Z M252 302 q0 -24 20 -30 q4 22 -20 30Z M232 306 q10 18 30 16 q-8 -20 -30 -16Z" fill="#4c8ca6" fill-opacity=".55"/></g>`
    const leaves = group(canvas.times(15, () => place(tealeaf(canvas, canvas.between(36, 64), canvas.pick(['#5a4a26', '#4a4a26', '#6b5428'])), 244 + canvas.between(-78, 34), 224 + canvas.between(-16, 26), 1, canvas.between(-40, 40))), 'opacity=".85"')
    return room(canvas, { wall: '#efe3cd' }) + board(canvas, 236, 382, 420, 130, '#b98c5a') + saucer(canvas, 244, 358, 118, 0.36, '#f5f5ee')
      + bowl(canvas, cup, '#dd8a1e', leaves, { round: 0.5, level: 0.12, extra: sprig }) + bowl(canvas, tasting, '#e8941f', '', { level: 0.14, gloss: 0.4 })
      + steam(canvas, 236, 200, 140)
      + shadow(canvas, 96, 408, 44, 0.3) + group(canvas.times(34, () => place(tealeaf(canvas, canvas.between(20, 36), canvas.pick(['#3c3320', '#4e4026', '#2c2618', '#5c4a2c'])), 92 + canvas.between(-38, 22), 404 + canvas.between(-14, 14), 1, canvas.between(0, 360))))
  },

  'aged-white-tea': (canvas) => {
    const cup: Pot = { cx: 388, top: 340, bottom: 412, r: 60, foot: 34, k: 0.38, colour: '#8a6a4c', glaze: '#6b4a30', grain: '0.5' }
    const curl = (x: number, y: number, turn: number): string => shadow(canvas, x, y + 7, 24, 0.3) + svg`<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M-30 6 Q-12 -24 22 -12 Q34 -4 28 8 Q8 -6 -8 4 Q-20 12 -30 6Z" fill="${canvas.linear([[0, '#f08f35'], [1, '#b8520e']])}" filter="${canvas.grain('0.4', 1.2)}"/><path d="M-26 6 Q-8 -4 8 0" stroke="#ffe2b8" stroke-width="3" fill="none" stroke-linecap="round"/></g>`
    return room(canvas, { wall: '#ecdcc2' }) + board(canvas, 236, 394, 430, 120, '#a87a4c') + glassPot(canvas) + bowl(canvas, cup, '#c9681a', '', { level: 0.14, gloss: 0.3 })
      + steam(canvas, 214, 172, 120) + curl(84, 424, -10) + curl(300, 432, 24)
  },
}
