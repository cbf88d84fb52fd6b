/** Things for the table, the kitchen and the house. */
import { dark, group, light, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board, bowl, handle, plate } from './drawing/ceramic.ts'
import { leaf, mint } from './drawing/fruit.ts'
import { roundel, sprig } from './drawing/leafprint.ts'
import { label, lid, tube, tubeLight, tubeShadow } from './drawing/packing.ts'
import type { Tube } from './drawing/packing.ts'
import { room, shadow } from './drawing/scene.ts'
import type { Picture } from './drinks.ts'

const rings = (colour: string, ys: readonly number[]): string => ys.map(y => svg`<path d="M40 ${y} Q240 ${y + 76} 440 ${y}" stroke="${colour}" stroke-width="5" fill="none" opacity=".85"/>`).join('')

const riceBowl = (wall: string, colour: string, ink: string): Picture => canvas => room(canvas, { wall }) + board(canvas, 240, 398, 430, 108, '#b98f5c')
  + bowl(canvas, { cx: 240, top: 226, bottom: 392, r: 150, foot: 62, k: 0.36, colour, glaze: dark(colour, 0.06) }, null, '', {
    round: 0.66, gloss: 0.8, extra: rings(ink, [236, 250]) + canvas.times(7, index => place(sprig(34, ink, colour), 108 + index * 44, 330 - Math.abs(index - 3) * 9, 1, (index - 3) * -7)).join(''),
  })

const dinnerPlate = (wall: string, colour: string, rim: string): Picture => canvas => room(canvas, { wall, horizon: 0.36 })
  + plate(canvas, { cx: 240, cy: 338, r: 202, k: 0.44 }, light(colour, 0.1), rim)
  + plate(canvas, { cx: 240, cy: 306, r: 198, k: 0.44 }, colour, rim)
  + place(group([0, 1, 2].map(index => place(leaf(canvas, 74, ['#5f8f5a', '#7aa86a', '#4a7a4c'][index] ?? '#5f8f5a'), index * 14 - 20, index * 10, 1, index * 34 - 40))), 236, 318, 1, 0, 0.6)

const mug = (colour: string, rim: string): Picture => canvas => room(canvas, { wall: '#e3e6e2' }) + handle(canvas, 330, 196, 330, 62, colour, 22)
  + bowl(canvas, { cx: 222, top: 152, bottom: 398, r: 116, foot: 110, k: 0.22, colour, glaze: dark(colour, 0.08) }, null, '', {
    round: 0.9, gloss: 0.9, extra: place(sprig(92, rim, colour), 222, 300) + svg`<path d="M106 396 Q222 446 338 396 V440 H106Z" fill="${rim}"/>`,
  }) + svg`<ellipse cx="222" cy="152" rx="114" ry="25" fill="none" stroke="${rim}" stroke-width="8"/><path d="M110 146 A114 25 0 0 1 200 128" stroke="#fff" stroke-opacity=".7" stroke-width="2.4" fill="none"/>`

/** A folded cloth with woven stripes. */
const towel = (wall: string, colour: string, stripe: string): Picture => (canvas) => {
  const top = 'M92 206 Q240 190 388 206 L404 300 Q240 288 76 300Z'
  const fold = (dy: number, tone: string): string => svg`<path d="M76 ${300 + dy} Q240 ${288 + dy} 404 ${300 + dy} Q414 ${318 + dy} 402 ${334 + dy} Q240 ${324 + dy} 78 ${334 + dy} Q66 ${318 + dy} 76 ${300 + dy}Z" fill="${tone}" filter="${canvas.grain('0.5 0.6', 1.3)}"/><path d="M80 ${333 + dy} Q240 ${323 + dy} 400 ${333 + dy}" stroke="#2a1206" stroke-opacity=".3" stroke-width="5" fill="none" filter="${canvas.blur(2)}"/>`
  const stripes = [0.2, 0.28, 0.72, 0.8].map(part => svg`<path d="M${92 + 296 * part} 200 L${76 + 328 * part} 300 Q${74 + 328 * part} 350 ${78 + 324 * part} 400" stroke="${stripe}" stroke-width="11" fill="none" opacity=".8"/>`)
  const cloth = [fold(68, dark(colour, 0.1)), fold(34, dark(colour, 0.04)), fold(0, colour), svg`<path d="${top}" fill="${canvas.linear([[0, light(colour, 0.3)], [1, colour]])}" filter="${canvas.grain('0.5 0.6', 1.3)}"/>`]
  return room(canvas, { wall, horizon: 0.44 }) + shadow(canvas, 240, 404, 160, 0.16) + group(cloth)
    + group(stripes, `clip-path="${canvas.clip('M92 206 Q240 190 388 206 L404 300 Q414 318 402 402 Q240 392 78 402 Q66 318 76 300Z')}"`)
    + svg`<path d="M210 192 Q240 188 270 192 L274 296 Q280 350 276 396 L206 396 Q202 350 206 296Z" fill="#f3ead8" filter="${canvas.grain('0.4', 0.7)}"/>` + place(roundel(25, '#0b7a5b', '#f3ead8'), 240, 262, 1, 0, 0.86)
    + svg`<path d="M92 206 Q240 190 388 206 L404 300 Q240 288 76 300Z" fill="${canvas.linear([[0, '#ffffff', 0.3], [1, '#2a1206', 0.1]])}"/>`
}

const apron = (colour: string, pocket: string): Picture => (canvas) => {
  const body = 'M176 128 Q240 140 304 128 L314 214 Q350 226 364 246 L372 426 Q240 444 108 426 L116 246 Q130 226 166 214Z'
  const creases = [[150, 270, -14, 130], [330, 270, 14, 130], [210, 330, 10, 90]].map(([x = 0, y = 0, dx = 0, dy = 0]) => svg`<path d="M${x} ${y} q${dx} ${dy / 2} ${dx * 0.2} ${dy}" stroke="#2a1206" stroke-opacity=".22" stroke-width="11" fill="none" filter="${canvas.blur(6)}"/>`)
  return room(canvas, { wall: '#e9e4d8', horizon: 0.9 }) + svg`<path d="${body}" fill="#4a2710" opacity=".28" transform="translate(12 10)" filter="${canvas.blur(12)}"/>`
    + svg`<path d="M182 130 C176 60 214 40 240 40 C266 40 304 60 298 130" fill="none" stroke="${dark(colour, 0.25)}" stroke-width="13"/><path d="M182 130 C176 60 214 40 240 40 C266 40 304 60 298 130" fill="none" stroke="${light(colour, 0.14)}" stroke-width="8"/><path d="M118 250 C70 262 58 300 70 352 M362 250 C412 262 420 300 408 352" fill="none" stroke="${dark(colour, 0.1)}" stroke-width="11" stroke-linecap="round"/>`
    + svg`<path d="${body}" fill="${canvas.linear([[0, light(colour, 0.12)], [1, dark(colour, 0.06)]])}" filter="${canvas.grain('0.45 0.5', 1.3)}"/>` + group(creases, `clip-path="${canvas.clip(body)}"`)
    + svg`<path d="M166 300 H314 V374 Q240 388 166 374Z" fill="${pocket}" filter="${canvas.grain('0.45 0.5', 1.2)}"/><path d="M172 306 H308 M172 306 V370 M308 306 V370 M240 304 V380" stroke="#fff" stroke-opacity=".55" stroke-width="1.6" stroke-dasharray="5 4"/>` + place(sprig(44, light(pocket, 0.6), colour), 240, 196)
    + svg`<path d="${body}" fill="${canvas.across([[0, '#2a1206', 0.26], [0.2, '#2a1206', 0], [0.4, '#ffffff', 0.14], [0.75, '#2a1206', 0], [1, '#2a1206', 0.3]])}"/>`
}

const soap = (wall: string, colour: string, herb: string): Picture => (canvas) => {
  const bar = (x: number, y: number, turn: number): string => place(svg`<path d="M-104 12 Q-104 62 -84 66 H84 Q104 62 104 12Z" fill="#3a1c08" opacity=".4" transform="translate(8 12)" filter="${canvas.blur(7)}"/><path d="M-104 -6 V40 Q-104 62 -84 64 H84 Q104 62 104 40 V-6Z" fill="${dark(colour, 0.16)}"/><rect x="-104" y="-52" width="208" height="84" rx="26" fill="${canvas.linear([[0, light(colour, 0.45)], [1, colour]])}" filter="${canvas.grain('0.02 0.05', 1.4)}"/><rect x="-88" y="-40" width="176" height="60" rx="18" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="3"/>` + place(sprig(34, dark(colour, 0.34), colour), 0, -8, 1, 0, 0.66) + svg`<path d="M-84 -40 Q-30 -50 30 -46" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".75" fill="none" filter="${canvas.blur(2)}"/>` + group(canvas.times(26, () => svg`<ellipse cx="${canvas.between(-90, 90)}" cy="${canvas.between(-44, 24)}" rx="${canvas.between(1.5, 4)}" ry="1.4" fill="${herb}" opacity=".6"/>`)), x, y, 1, turn)
  return room(canvas, { wall, horizon: 0.5 }) + board(canvas, 240, 386, 420, 120, '#c9a06a') + bar(246, 346, 2) + bar(228, 258, -7) + place(mint(canvas, 40), 398, 410, 1, 24, 0.7) + [[70, 300, 16], [96, 262, 10], [402, 236, 12]].map(([x = 0, y = 0, r = 0]) => svg`<circle cx="${x}" cy="${y}" r="${r}" fill="#fff" fill-opacity=".35" stroke="#fff" stroke-opacity=".9" stroke-width="1.6"/><ellipse cx="${x - r * 0.35}" cy="${y - r * 0.4}" rx="${r * 0.28}" ry="${r * 0.18}" fill="#fff"/>`).join('')
}

const candle = (wax: string, ground: string): Picture => (canvas) => {
  const t: Tube = { cx: 240, top: 206, bottom: 410, r: 104, k: 0.22 }
  return room(canvas, { wall: '#e2d6c6' }) + svg`<circle cx="240" cy="150" r="150" fill="${canvas.radial([[0, '#fff0b8', 0.75], [1, '#fff0b8', 0]])}"/>` + tubeShadow(canvas, t, '#ffdf9a')
    + svg`<path d="${tube(t, 206, 410)}" fill="#fff" fill-opacity=".42"/><path d="${tube({ ...t, r: 97 }, 240, 404)}" fill="${canvas.linear([[0, light(wax, 0.5)], [0.4, wax], [1, dark(wax, 0.12)]])}"/><ellipse cx="240" cy="240" rx="97" ry="21" fill="${canvas.radial([[0, '#fff6d6'], [0.6, light(wax, 0.35)], [1, dark(wax, 0.08)]])}"/>`
    + svg`<path d="M240 242 Q238 226 241 212" stroke="#3a2a1c" stroke-width="4" fill="none"/><path d="M240 214 C222 196 232 176 241 150 C252 176 260 196 240 214Z" fill="${canvas.radial([[0, '#fffbe0'], [0.5, '#ffd257'], [1, '#f28c1b']])}"/>`
    + label(canvas, t, 284, 378, ground, place(roundel(30, '#3a3a32', ground), 240, 338), 0.62)
    + svg`<path d="${tube(t, 206, 410)}" fill="${canvas.across([[0, '#3a1c08', 0.3], [0.06, '#ffffff', 0.1], [0.12, '#ffffff', 0.6], [0.2, '#ffffff', 0.4], [0.22, '#ffffff', 0.02], [0.86, '#ffffff', 0.2], [0.94, '#3a1c08', 0.1], [1, '#3a1c08', 0.3]])}"/><ellipse cx="240" cy="206" rx="104" ry="23" fill="none" stroke="#fff" stroke-opacity=".9" stroke-width="3"/>`
}

const notebook = (wall: string, colour: string, ink: string): Picture => canvas => room(canvas, { wall, horizon: 0.3 })
  + svg`<g transform="rotate(-8 240 260)"><rect x="108" y="78" width="264" height="346" rx="12" fill="#3a1c08" opacity=".42" transform="translate(14 18)" filter="${canvas.blur(12)}"/><rect x="118" y="86" width="262" height="346" rx="10" fill="#e6dcc4"/>${canvas.times(7, index => svg`<path d="M120 ${430 - index * 2} H${380 - index}" stroke="#b9a67c" stroke-width="1"/>`)}<rect x="108" y="78" width="264" height="344" rx="12" fill="${canvas.linear([[0, light(colour, 0.14)], [1, dark(colour, 0.08)]])}" filter="${canvas.grain('0.5', 0.9)}"/><rect x="108" y="78" width="30" height="344" rx="10" fill="${dark(colour, 0.3)}" opacity=".75"/><rect x="334" y="74" width="12" height="354" fill="${ink}" opacity=".9"/><rect x="176" y="150" width="128" height="92" rx="6" fill="#fbf5e6"/><path d="M192 182 H288 M192 204 H266" stroke="#8a7a5a" stroke-width="3" stroke-linecap="round"/>${place(sprig(44, ink, colour), 240, 340)}<path d="M138 84 H330" stroke="#fff" stroke-opacity=".5" stroke-width="3"/><path d="M108 78 H372 V422 H108Z" fill="${canvas.linear([[0, '#ffffff', 0.26], [0.5, '#ffffff', 0], [1, '#2a1206', 0.16]], { x1: 108, y1: 78, x2: 372, y2: 422 })}"/></g>`
  + svg`<g transform="rotate(38 396 330)"><rect x="388" y="206" width="15" height="216" rx="7" fill="#3a1c08" opacity=".35" transform="translate(8 8)" filter="${canvas.blur(4)}"/><rect x="388" y="206" width="15" height="190" rx="5" fill="${canvas.across([[0, '#a8763c'], [0.4, '#eac88c'], [1, '#8a5a26']])}"/><path d="M388 396 L395.5 426 L403 396Z" fill="#f0dcb4"/><path d="M393 416 L395.5 427 L398 416Z" fill="#3a2a1c"/></g>`

const umbrella = (wall: string, colour: string): Picture => (canvas) => {
  const dome = 'M48 272 C54 148 140 82 240 82 C340 82 426 148 432 272 Q404 244 368 266 Q336 242 304 268 Q272 242 240 268 Q208 242 176 268 Q144 242 112 266 Q76 244 48 272Z'
  const ribs = ['M240 82 Q160 130 112 266', 'M240 82 Q202 150 176 268', 'M240 82 V268', 'M240 82 Q278 150 304 268', 'M240 82 Q320 130 368 266']
  const panels = ['M240 82 Q160 130 112 266 Q144 242 176 268 Q202 150 240 82Z', 'M240 82 V268 Q272 242 304 268 Q278 150 240 82Z', 'M240 82 Q320 130 368 266 Q404 244 432 272 C426 148 340 82 240 82Z']
  return room(canvas, { wall, horizon: 0.8 }) + shadow(canvas, 262, 440, 118, 0.12) + svg`<path d="M240 84 V404 Q240 436 268 436 Q292 436 292 412" fill="none" stroke="#5a3a1c" stroke-width="12" stroke-linecap="round"/><path d="M238 250 V404" stroke="#e2b878" stroke-width="3.4"/>`
    + svg`<path d="M84 262 Q240 300 396 262 L368 272 Q240 300 112 272Z" fill="${dark(colour, 0.5)}"/><path d="${dome}" fill="${canvas.radial([[0, light(colour, 0.34)], [0.6, colour], [1, dark(colour, 0.28)]], { cx: 200, cy: 150, r: 260 })}" filter="${canvas.grain('0.5', 0.6)}"/>`
    + group(panels.map(path => svg`<path d="${path}" fill="#2a1206" opacity=".1"/>`)) + svg`<path d="${ribs.join('')}" stroke="#2a1206" stroke-opacity=".3" stroke-width="2.4" fill="none"/>` + place(sprig(40, light(colour, 0.6), colour), 208, 208, 1, -4) + svg`<path d="M98 208 Q126 126 206 100" stroke="#fff" stroke-opacity=".55" stroke-width="12" stroke-linecap="round" fill="none" filter="${canvas.blur(5)}"/><path d="M240 84 V62" stroke="#5a3a1c" stroke-width="9" stroke-linecap="round"/>`
}

function sticks(canvas: Canvas): string {
  return canvas.times(5, index => svg`<g transform="translate(${126 + index * 52} 0) rotate(${4 - index * 2} 0 260)"><path d="M-6 96 L6 96 L4 420 L-4 420Z" fill="#3a1c08" opacity=".35" transform="translate(9 8)" filter="${canvas.blur(4)}"/><path d="M-8 92 H8 L5 418 H-5Z" fill="${canvas.across([[0, '#8a5a28'], [0.35, '#e8c48a'], [1, '#7a4c1e']])}" filter="${canvas.grain('0.02 0.3', 1)}"/><rect x="-8" y="92" width="16" height="46" fill="${['#0b7a5b', '#a8412c', '#c98a1c', '#3d5f7a', '#5a4a6b'][index] ?? '#0b7a5b'}"/><path d="M-4 96 V400" stroke="#fff" stroke-opacity=".45" stroke-width="2"/></g>`).join('')
}

const spoon = (canvas: Canvas, x: number, turn: number, wood: string): string => svg`<g transform="translate(${x} 250) rotate(${turn})"><path d="M-12 -40 L12 -40 L9 178 Q0 188 -9 178Z M0 -150 C46 -150 54 -92 40 -58 C30 -34 -30 -34 -40 -58 C-54 -92 -46 -150 0 -150Z" fill="#3a1c08" opacity=".36" transform="translate(10 10)" filter="${canvas.blur(6)}"/><path d="M-13 -48 L13 -48 L9 178 Q0 188 -9 178Z" fill="${canvas.across([[0, dark(wood, 0.3)], [0.4, light(wood, 0.3)], [1, dark(wood, 0.24)]])}" filter="${canvas.grain('0.02 0.2', 1)}"/><path d="M0 -150 C46 -150 54 -92 40 -58 C30 -34 -30 -34 -40 -58 C-54 -92 -46 -150 0 -150Z" fill="${canvas.linear([[0, light(wood, 0.25)], [1, dark(wood, 0.1)]])}" filter="${canvas.grain('0.03 0.2', 1.1)}"/><path d="M0 -138 C34 -138 42 -94 30 -68 C20 -52 -20 -52 -30 -68 C-42 -94 -34 -138 0 -138Z" fill="${canvas.radial([[0, light(wood, 0.1)], [1, dark(wood, 0.34)]])}"/><path d="M-26 -110 Q-18 -134 4 -134" stroke="#fff" stroke-opacity=".5" stroke-width="4" fill="none" stroke-linecap="round"/></g>`

export const household: Record<string, Picture> = {
  'rice-bowl': riceBowl('#e4e6e0', '#f6f3ea', '#33658a'),
  'rice-bowl-green': riceBowl('#e6e4d4', '#bcd1b4', '#3f6a48'),
  'rice-bowl-red': riceBowl('#efe2d8', '#e9cbbc', '#a8412c'),
  'dinner-plate': dinnerPlate('#e9e4d6', '#f4f0e6', '#8aa39a'),
  'enamel-mug': mug('#f6f5f0', '#2f5d8a'),
  'enamel-mug-red': mug('#f7f3ea', '#b8352a'),
  'tea-towel': towel('#e6e6da', '#e9e2d0', '#4a7a5c'),
  'tea-towel-blue': towel('#e0e5e8', '#e4e8ea', '#33658a'),
  'tea-towel-red': towel('#f0e2da', '#f1e4da', '#b0503c'),
  'linen-apron': apron('#8a9a86', '#6f8070'),
  'linen-apron-ochre': apron('#c9a064', '#a97f46'),
  'handmade-soap': soap('#e3e8dc', '#c3d3a4', '#5a7a3c'),
  'handmade-soap-oat': soap('#efe5d4', '#e6cfa4', '#a8793c'),
  'handmade-soap-rose': soap('#f2e0dd', '#e6b4ae', '#b04a4a'),
  'soy-candle': candle('#f0e2c4', '#fbf7ec'),
  'notebook': notebook('#e6e3d6', '#2f6a54', '#e6c88a'),
  'notebook-ink': notebook('#e2e3e6', '#33435c', '#d8dde6'),
  'notebook-brick': notebook('#efe0d6', '#a8503a', '#f3dcc0'),
  'umbrella': umbrella('#e2e8e4', '#0b7a5b'),
  'umbrella-navy': umbrella('#e0e4ea', '#2f456b'),
  'umbrella-amber': umbrella('#f3e6cc', '#d9922c'),

  'bamboo-chopsticks': canvas => room(canvas, { wall: '#ebe4d2', horizon: 0.3 }) + svg`<rect x="70" y="84" width="340" height="350" rx="10" fill="#e9e0ca" filter="${canvas.grain('0.4 0.5', 1.2)}"/><rect x="70" y="84" width="340" height="350" rx="10" fill="none" stroke="#b9a67c" stroke-width="2" stroke-dasharray="7 6"/>` + sticks(canvas),

  'wooden-spoons': canvas => room(canvas, { wall: '#ece2d0', horizon: 0.3 }) + spoon(canvas, 138, -8, '#c08a4c') + spoon(canvas, 242, 0, '#9a6232') + spoon(canvas, 346, 8, '#d6ab6c'),

  'storage-jar': (canvas) => {
    const t: Tube = { cx: 240, top: 150, bottom: 410, r: 108, k: 0.2 }
    const beans = canvas.times(200, () => place(svg`<ellipse rx="9" ry="6.4" fill="${canvas.ball([[0, '#f4c9a0'], [0.5, '#b04a34'], [1, '#6b1f18']])}"/>`, canvas.between(142, 338), canvas.between(262, 424), 1, canvas.between(0, 180)))
    return room(canvas, { wall: '#e8e4d8' }) + tubeShadow(canvas, t) + svg`<path d="${tube(t, 150, 410)}" fill="#fff" fill-opacity=".4"/>` + group(beans, `clip-path="${canvas.clip(tube({ ...t, r: 101 }, 256, 406))}"`)
      + svg`<path d="${tube(t, 150, 410)}" fill="${canvas.across([[0, '#3a2a1c', 0.32], [0.06, '#ffffff', 0.1], [0.12, '#ffffff', 0.66], [0.2, '#ffffff', 0.44], [0.22, '#ffffff', 0.03], [0.84, '#ffffff', 0.24], [0.92, '#3a2a1c', 0.08], [1, '#3a2a1c', 0.3]])}"/>` + tubeLight(canvas, t, 150, 160, 0.2) + lid(canvas, { ...t, r: 112 }, 116, 158, '#c79a62', 0.1) + place(roundel(34, '#fbf5e6', '#6b5030'), 240, 208)
  },

  'paper-towel': (canvas) => {
    const t: Tube = { cx: 226, top: 132, bottom: 410, r: 110, k: 0.24 }
    const dots = canvas.times(7, row => canvas.times(6, column => svg`<circle cx="${136 + column * 36 + (row % 2) * 18}" cy="${196 + row * 34}" r="3.4" fill="#c8d6c4"/>`).join('')).join('')
    return room(canvas, { wall: '#e4e9e4' }) + tubeShadow(canvas, t) + svg`<path d="M330 150 Q392 168 396 200 V440 Q380 420 330 420Z" fill="${canvas.linear([[0, '#ffffff'], [1, '#e6e4da']])}" filter="${canvas.grain('0.3', 0.6)}"/><path d="${tube(t, 132, 410)}" fill="#fbfaf4" filter="${canvas.grain('0.3', 0.8)}"/>` + group(dots, `clip-path="${canvas.clip(tube(t, 160, 400))}"`) + tubeLight(canvas, t, 132, 410, 0)
      + svg`<ellipse cx="226" cy="132" rx="110" ry="26" fill="#f1efe4"/>${canvas.times(6, index => svg`<ellipse cx="226" cy="132" rx="${104 - index * 11}" ry="${24 - index * 2.6}" fill="none" stroke="#cfcab8" stroke-width="1.2"/>`)}<ellipse cx="226" cy="132" rx="34" ry="9" fill="#a88a5c"/><ellipse cx="226" cy="134" rx="28" ry="6.6" fill="#4a3418"/>` + label(canvas, t, 250, 330, '#0b7a5b', place(sprig(40, '#ffffff', '#0b7a5b'), 226, 300), 1)
  },
}
