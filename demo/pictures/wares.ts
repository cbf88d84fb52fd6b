/** Things to make and drink tea with. */
import { dark, group, light, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board, bowl, handle } from './drawing/ceramic.ts'
import type { Pot } from './drawing/ceramic.ts'
import { leaf, lemon, slice, tealeaf } from './drawing/fruit.ts'
import { frostDrops } from './drawing/glass.ts'
import { sprig } from './drawing/leafprint.ts'
import { lid, tube, tubeLight, tubeShadow } from './drawing/packing.ts'
import type { Tube } from './drawing/packing.ts'
import { room, shadow, steam } from './drawing/scene.ts'
import type { Picture } from './drinks.ts'

function teapot(canvas: Canvas): string {
  const clay = '#a4502c'
  const body = 'M92 268 C92 208 146 182 226 182 C306 182 360 208 360 268 C360 344 306 388 284 394 Q226 410 168 394 C146 388 92 344 92 268Z'
  const spout = 'M334 300 C376 290 372 234 404 196 L430 206 C412 262 404 330 330 344Z'
  const fill = (path: string): string => svg`<path d="${path}" fill="${canvas.linear([[0, light(clay, 0.14)], [1, dark(clay, 0.26)]])}" filter="${canvas.grain('0.7', 1)}"/>`
  return [
    shadow(canvas, 226, 398, 92, 0.22), shadow(canvas, 236, 400, 130, 0.14),
    handleLeft(canvas, clay), fill(spout),
    svg`<path d="${spout}" fill="${canvas.linear([[0, '#ffd9b8', 0.5], [0.35, '#ffd9b8', 0.04], [1, '#2a0c00', 0.5]], { x1: 350, y1: 220, x2: 420, y2: 300 })}"/><ellipse cx="417" cy="201" rx="14" ry="6" transform="rotate(20 417 201)" fill="#4a1c0a"/><ellipse cx="417" cy="201" rx="14" ry="6" transform="rotate(20 417 201)" fill="none" stroke="#d08a64" stroke-width="2"/>`,
    fill(body),
    svg`<path d="${body}" fill="${canvas.radial([[0, '#ffd2aa', 0.62], [0.22, '#ffc79a', 0.26], [0.55, '#ffffff', 0], [0.8, '#2a0c00', 0.34], [1, '#1c0600', 0.66]], { cx: 216, cy: 284, r: 170, fx: 152, fy: 222 })}"/>`,
    svg`<path d="M120 348 Q226 404 332 348" stroke="#f0a878" stroke-opacity=".3" stroke-width="7" fill="none" filter="${canvas.blur(4)}"/>`,
    svg`<ellipse cx="226" cy="202" rx="88" ry="21" fill="#4a1c0a" opacity=".75"/>`,
    fill('M140 198 C144 160 184 146 226 146 C268 146 308 160 312 198 A86 20 0 0 1 140 198Z'),
    svg`<path d="M140 198 C144 160 184 146 226 146 C268 146 308 160 312 198 A86 20 0 0 1 140 198Z" fill="${canvas.radial([[0, '#ffd2aa', 0.6], [0.4, '#ffffff', 0.04], [1, '#2a0c00', 0.5]], { cx: 216, cy: 180, r: 100, fx: 180, fy: 160 })}"/><path d="M140 198 A86 20 0 0 0 312 198" stroke="#f0a878" stroke-opacity=".6" stroke-width="2" fill="none"/>`,
    svg`<ellipse cx="228" cy="148" rx="16" ry="5" fill="#2a0c00" opacity=".5"/><circle cx="226" cy="130" r="19" fill="${canvas.ball([[0, '#e8a47a'], [0.4, clay], [1, dark(clay, 0.5)]])}"/>`,
    svg`<path d="M122 248 Q134 216 172 204" stroke="#fff" stroke-opacity=".5" stroke-width="10" fill="none" stroke-linecap="round" filter="${canvas.blur(4)}"/>`,
    svg`<g transform="translate(236 312)" opacity=".5">${sprig(70, '#5a2410', '#a4502c')}</g><g transform="translate(234.5 310.5)" opacity=".35">${sprig(70, '#d98a5e', '#a4502c')}</g><g transform="translate(235.5 311.5)" opacity=".8">${sprig(70, '#8a3f20', '#a4502c')}</g>`,
  ].join('')
}

function handleLeft(canvas: Canvas, clay: string): string {
  const path = 'M112 226 C44 196 16 268 54 312 C66 326 88 332 108 330'
  return svg`<path d="${path}" fill="none" stroke="${dark(clay, 0.45)}" stroke-width="25" stroke-linecap="round"/><path d="${path}" fill="none" stroke="${clay}" stroke-width="20" stroke-linecap="round"/><path d="${path}" fill="none" stroke="#f3b48c" stroke-opacity=".7" stroke-width="5" stroke-linecap="round" transform="translate(-2 -5)" filter="${canvas.blur(2)}"/>`
}

function bottle(canvas: Canvas): string {
  const t: Tube = { cx: 230, top: 120, bottom: 420, r: 74, k: 0.2 }
  const outline = 'M196 132 L196 164 C196 186 156 186 156 224 V414 A74 15 0 0 0 304 414 V224 C304 186 264 186 264 164 V132 A34 7 0 0 1 196 132Z'
  const tea = 'M159 236 V412 A71 14 0 0 0 301 412 V236 A71 13 0 0 1 159 236Z'
  const leaves = canvas.times(30, () => place(tealeaf(canvas, canvas.between(26, 50), canvas.pick(['#5a6e2c', '#6f8236', '#48581f', '#7d8f44'])), canvas.between(166, 272), 400 - canvas.random() ** 2 * 130, 1, canvas.between(-80, 80)))
  return [
    tubeShadow(canvas, t, '#d6b64a'), svg`<path d="${outline}" fill="#fff" fill-opacity=".4"/>`,
    svg`<path d="${tea}" fill="${canvas.across([[0, '#b98a1c'], [0.14, '#dcb53c'], [0.4, '#f6df80'], [0.6, '#ead060'], [0.88, '#bf9424'], [1, '#e6c860']])}"/>`,
    group([...leaves, place(slice(canvas, 40, lemon), 254, 300, 0.94, 20), place(slice(canvas, 36, lemon), 196, 350, 0.9, -30), place(leaf(canvas, 46, '#5aa04c'), 180, 270, 1, 30), svg`<path d="${tea}" fill="${canvas.linear([[0, '#fff4b8', 0.3], [0.7, '#8a5a08', 0.06], [1, '#8a5a08', 0.34]])}"/>`], `clip-path="${canvas.clip(tea)}"`),
    svg`<ellipse cx="230" cy="236" rx="71" ry="13" fill="${canvas.linear([[0, '#d9b640'], [1, '#fbeaa0']])}"/>`,
    svg`<path d="${outline}" fill="${canvas.across([[0, '#5a3a00', 0.36], [0.06, '#ffffff', 0.1], [0.11, '#ffffff', 0.7], [0.2, '#ffffff', 0.5], [0.22, '#ffffff', 0.04], [0.78, '#ffffff', 0], [0.86, '#ffffff', 0.3], [0.9, '#5a3a00', 0.08], [1, '#5a3a00', 0.4]])}"/><path d="${outline}" fill="none" stroke="#fff" stroke-width="2.6" stroke-opacity=".85"/>`,
    frostDrops(canvas, { ...t, rTop: 74, rBottom: 74 }, 250, 406, 40),
    svg`<path d="${tube({ ...t, r: 42 }, 112, 156)}" fill="#66744c"/>`, lid(canvas, { ...t, r: 42 }, 74, 152, '#66744c', 0.15),
    '<path d="M262 92 C312 84 322 118 312 152 Q304 172 286 168" fill="none" stroke="#4c5838" stroke-width="9" stroke-linecap="round"/><path d="M262 90 C310 82 320 116 310 150" fill="none" stroke="#8a986c" stroke-width="3" stroke-linecap="round"/>',
  ].join('')
}

/** The bamboo whisk, standing. */
function whisk(canvas: Canvas, x: number, y: number): string {
  const bristles = canvas.times(44, (index) => {
    const part = Math.sin((index / 43 - 0.5) * Math.PI)
    const far = index % 2 ? 0.5 : 1
    return svg`<path d="M${part * 19} -86 C${part * 30} -70 ${part * 52 * far} -40 ${part * 44} ${Math.sqrt(1 - part * part) * 10 - 4}" stroke="${index % 3 ? '#e8cf92' : '#b8914a'}" stroke-width="1.7" fill="none"/>`
  })
  return shadow(canvas, x, y + 4, 42, 0.26) + svg`<g transform="translate(${x} ${y})"><path d="M-19 -86 C-32 -66 -52 -36 -44 -4 A44 11 0 0 0 44 -4 C52 -36 32 -66 19 -86Z" fill="#a87f3c"/>${bristles}<path d="M-22 -92 H22 V-82 H-22Z" fill="#3a2a18"/><path d="M-21 -152 L-22 -90 A22 6 0 0 0 22 -90 L21 -152Z" fill="${canvas.across([[0, '#a07838'], [0.3, '#f0d89c'], [0.6, '#d4b066'], [1, '#8a6228']])}"/><ellipse cy="-152" rx="21" ry="6" fill="#e8cf92"/><ellipse cy="-152" rx="14" ry="3.6" fill="#a87f3c"/></g>`
}

function coaster(canvas: Canvas, cx: number, cy: number, r: number, k: number, print: string): string {
  const t: Tube = { cx, top: cy, bottom: cy + 13, r, k }
  return [
    svg`<path d="${tube(t, cy, cy + 13)}" fill="#b5834a" filter="${canvas.grain('0.25', 1.6)}"/>`, tubeLight(canvas, t, cy, cy + 13, 0),
    svg`<ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${r * k}" fill="${canvas.linear([[0, '#e3bd84'], [1, '#cb9c60']])}" filter="${canvas.grain('0.22', 2.2)}"/>`,
    group(canvas.times(50, () => {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.96]
      return svg`<ellipse cx="${cx + Math.cos(a) * d * r}" cy="${cy + Math.sin(a) * d * r * k}" rx="${canvas.between(1, 3.6)}" ry="${canvas.between(0.8, 1.8)}" fill="${canvas.pick(['#8a5a28', '#a8733a', '#6f4420'])}" opacity=".6"/>`
    })),
    place(print, cx, cy, 1, 0, k), svg`<path d="M${cx - r} ${cy} A${r} ${r * k} 0 0 1 ${cx} ${cy - r * k}" stroke="#fff3d8" stroke-width="2" opacity=".8" fill="none"/>`,
  ].join('')
}

export const wares: Record<string, Picture> = {
  'stoneware-mug': (canvas) => {
    const pot: Pot = { cx: 216, top: 136, bottom: 396, r: 112, foot: 96, k: 0.24, colour: '#a9c9b8', glaze: '#7fae9a', grain: '0.5' }
    const raw = svg`<path d="M90 348 Q130 366 160 360 Q190 352 216 364 Q250 376 280 362 Q310 352 340 362 V440 H90Z" fill="#c2a17c"/><path d="M90 348 Q130 366 160 360 Q190 352 216 364 Q250 376 280 362 Q310 352 340 362" stroke="#5f8f7c" stroke-width="5" fill="none" opacity=".8"/>` + group(canvas.times(90, () => svg`<circle cx="${canvas.between(100, 330)}" cy="${canvas.between(160, 410)}" r="${canvas.between(0.7, 2.2)}" fill="${canvas.pick(['#5a4326', '#7a5a34', '#456a58'])}" opacity=".6"/>`)) + group(canvas.times(6, index => svg`<path d="M100 ${196 + index * 28} Q216 ${224 + index * 28} 332 ${196 + index * 28}" stroke="#fff" stroke-opacity=".16" stroke-width="3" fill="none"/>`))
    return room(canvas, { wall: '#e6e4d6' }) + handle(canvas, 322, 190, 328, 66, '#9abfad', 32) + bowl(canvas, pot, '#c9812e', '', { round: 0.85, level: 0.14, extra: raw, gloss: 0.75 }) + steam(canvas, 210, 126, 90)
      + place(leaf(canvas, 66, '#5a8a48'), 62, 424, 1, -14, 0.7)
  },

  'clay-teapot': canvas => room(canvas, { wall: '#e9dac4' }) + board(canvas, 240, 404, 440, 104, '#8f6540') + teapot(canvas)
    + bowl(canvas, { cx: 404, top: 374, bottom: 420, r: 44, foot: 25, k: 0.38, colour: '#b05c36', glaze: '#8a3f20', grain: '0.7' }, '#c9701c', '', { level: 0.16, gloss: 0.3 }),

  'cold-brew-bottle': canvas => room(canvas, { wall: '#eae6d0' }) + bottle(canvas) + shadow(canvas, 388, 424, 40, 0.3) + place(slice(canvas, 42, lemon), 388, 400) + place(leaf(canvas, 64, '#5aa04c'), 58, 422, 1, -12, 0.7) + place(leaf(canvas, 48, '#4a8a40'), 104, 436, 1, 14, 0.7),

  'matcha-set': (canvas) => {
    const pot: Pot = { cx: 194, top: 218, bottom: 386, r: 134, foot: 62, k: 0.42, colour: '#4a443e', glaze: '#2c2622', grain: '0.35' }
    const froth = group(canvas.times(120, () => {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.92]
      const r = canvas.between(1, 3.6)
      return svg`<ellipse cx="${194 + Math.cos(a) * d * 124}" cy="${238 + Math.sin(a) * d * 48}" rx="${r}" ry="${r * 0.6}" fill="#c5d98a" stroke="#eef5c8" stroke-opacity=".8" stroke-width=".6" opacity=".8"/>`
    }))
    const glazed = svg`<path d="M40 210 H340 V296 Q310 320 286 298 Q262 282 240 310 Q214 334 190 304 Q160 280 136 312 Q110 330 40 290Z" fill="#8a9a86" opacity=".85" filter="${canvas.rough(12, 0.02)}"/>`
    return room(canvas, { wall: '#e2e4cc' }) + board(canvas, 240, 398, 440, 112, '#b98f5c') + whisk(canvas, 382, 378) + bowl(canvas, pot, '#8fb03c', froth, { round: 0.66, level: 0.14, extra: glazed, gloss: 0.35 })
      + svg`<path d="M236 436 Q330 428 410 428 Q438 426 444 414 Q450 420 440 432 Q424 442 400 438 Q320 440 238 444Z" fill="#4a2710" opacity=".4" transform="translate(2 7)" filter="${canvas.blur(3)}"/><path d="M236 432 Q330 424 410 424 Q438 422 444 410 Q450 416 440 428 Q424 438 400 434 Q320 436 238 440Z" fill="${canvas.linear([[0, '#ecd49a'], [1, '#b48c48']])}"/>`
      + shadow(canvas, 96, 428, 30, 0.3) + svg`<path d="M64 430 Q78 408 96 404 Q116 410 128 430 Q96 440 64 430Z" fill="${canvas.linear([[0, '#a8cc58'], [1, '#6b9030']])}" filter="${canvas.grain('0.35', 2.4)}"/>`
  },

  'coaster-set': (canvas) => {
    const ink = '#5c3a1c'
    const mark = (size: number): string => svg`<circle r="${size * 0.86}" fill="none" stroke="${ink}" stroke-width="3" opacity=".85"/>` + sprig(size * 0.9, ink, '#d4a86c')
    return room(canvas, { wall: '#efe3d0', horizon: 0.36 }) + shadow(canvas, 176, 362, 132, 0.5) + [0, 1, 2].map(index => coaster(canvas, 176 + (index - 1) * 3, 346 - index * 20, 130, 0.5, index === 2 ? mark(92) : '')).join('')
      + shadow(canvas, 342, 216, 104, 0.5) + coaster(canvas, 340, 206, 104, 0.5, '')
      + bowl(canvas, { cx: 340, top: 96, bottom: 206, r: 82, foot: 48, k: 0.4, colour: '#f4f1e8', glaze: '#e2ddcc' }, '#d9861e', '', { level: 0.14 }) + steam(canvas, 340, 88, 70)
      + place(leaf(canvas, 60, '#5a8a48'), 352, 400, 1, -20, 0.7) + place(leaf(canvas, 46, '#4a7a3c'), 398, 410, 1, 30, 0.7)
  },
}
