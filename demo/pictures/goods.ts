/** Tea to take home, and presents. */
import { dark, group, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board } from './drawing/ceramic.ts'
import { jasmine, leaf, osmanthus, slice, orange, tealeaf } from './drawing/fruit.ts'
import { hills, roundel, sprig } from './drawing/leafprint.ts'
import { face, label, lid, pouch, tube, tubeLight, tubeShadow } from './drawing/packing.ts'
import type { Tube } from './drawing/packing.ts'
import { room, shadow } from './drawing/scene.ts'
import type { Picture } from './drinks.ts'

/** Loose leaves in a little heap. */
export function heap(canvas: Canvas, cx: number, cy: number, wide: number, count: number, colours: readonly [string, ...string[]]): string {
  return shadow(canvas, cx, cy + 6, wide * 0.9, 0.28) + group(canvas.times(count, (index) => {
    const spread = 1 - index / count * 0.7
    const [x, y] = [cx - 12 + canvas.between(-1, 1) * wide * spread, cy - (1 - spread) * wide * 0.5 + canvas.between(-8, 10)]
    return place(tealeaf(canvas, canvas.between(20, 34), canvas.pick(colours)), x, y, 1, canvas.between(0, 360))
  }))
}

function pyramid(canvas: Canvas, x: number, y: number, size: number, leafy: string): string {
  const s = size
  const bits = (dx: number): string[] => canvas.times(14, () => place(tealeaf(canvas, canvas.between(12, 22), canvas.pick([leafy, dark(leafy, 0.3), '#6b5a2a'])), dx + canvas.between(-s * 0.34, s * 0.24), canvas.between(s * 0.1, s * 0.42), 1, canvas.between(-60, 60)))
  const [left, right] = [svg`M0 ${-s * 0.62} L${-s * 0.66} ${s * 0.38} L${s * 0.1} ${s * 0.58}Z`, svg`M0 ${-s * 0.62} L${s * 0.1} ${s * 0.58} L${s * 0.66} ${s * 0.3}Z`]
  return shadow(canvas, x, y + s * 0.42, s * 0.58, 0.3) + place([
    svg`<path d="${left}" fill="#f6f1dd" fill-opacity=".72"/><path d="${right}" fill="#d8cfae" fill-opacity=".78"/>`,
    group(bits(-s * 0.12), `clip-path="${canvas.clip(left)}" opacity=".8"`), group(bits(s * 0.26), `clip-path="${canvas.clip(right)}" opacity=".65"`),
    svg`<path d="${left}" fill="${canvas.linear([[0, '#ffffff', 0.7], [1, '#ffffff', 0.12]])}"/><path d="${left}${right}" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="1.8" stroke-linejoin="round"/>`,
  ].join(''), x, y) + svg`<path d="M${x} ${y - s * 0.6} C${x + s * 0.2} ${y - s * 1.2} ${x + s * 0.9} ${y - s * 0.9} ${x + s * 0.94} ${y - s * 0.34}" stroke="#f8f4ea" stroke-width="2.4" fill="none"/><rect x="${x + s * 0.78}" y="${y - s * 0.36}" width="${s * 0.34}" height="${s * 0.4}" rx="3" fill="#0b7a5b"/>` + place(sprig(s * 0.24, '#ffffff', '#0b7a5b'), x + s * 0.95, y - s * 0.14)
}

function honeyJar(canvas: Canvas): string {
  const t: Tube = { cx: 232, top: 156, bottom: 410, r: 104, k: 0.2 }
  const honey: Tube = { ...t, r: 97 }
  const body = 'M128 196 Q128 172 152 168 L312 168 Q336 172 336 196 V396 Q334 418 310 424 A104 18 0 0 1 154 424 Q130 418 128 396Z'
  const gold = canvas.across([[0, '#a8520a'], [0.14, '#e08a14'], [0.36, '#ffc23a'], [0.56, '#f8a81e'], [0.86, '#c56a08'], [1, '#f0a83a']])
  return [
    tubeShadow(canvas, t, '#f5a623'),
    svg`<path d="${body}" fill="#fff" fill-opacity=".5"/><path d="${tube(honey, 206, 408)}" fill="${gold}"/>`,
    svg`<ellipse cx="232" cy="206" rx="97" ry="18" fill="${canvas.linear([[0, '#d98a14'], [1, '#ffd873']])}"/><path d="${tube(honey, 330, 408)}" fill="${canvas.linear([[0, '#8a3c00', 0], [1, '#8a3c00', 0.45]])}"/>`,
    svg`<ellipse cx="262" cy="400" rx="52" ry="9" fill="#ffe9a0" opacity=".6" filter="${canvas.blur(5)}"/>`,
    group(canvas.times(12, () => svg`<circle cx="${canvas.between(150, 312)}" cy="${canvas.between(220, 400)}" r="${canvas.between(1, 3)}" fill="#fff2c0" opacity=".55"/>`)),
    label(canvas, honey, 262, 372, '#fdf8ec', svg`<g transform="translate(164 352)">${hills(140, 50, ['#f3ddb0', '#e5c07c'])}</g>` + svg`<path d="M140 278 A97 19 0 0 0 324 278 M140 372 A97 19 0 0 0 324 372" stroke="#c98a1c" stroke-width="2" fill="none"/>` + place(group([svg`<path d="M0 -24 L21 -12 V12 L0 24 L-21 12 V-12Z" fill="#f5b32a"/>`, place(sprig(26, '#ffffff', '#f5b32a'), 0, 2)]), 232, 320), 0.78),
    svg`<path d="${body}" fill="${canvas.across([[0, '#ffffff', 0.6], [0.05, '#ffffff', 0.05], [0.1, '#ffffff', 0.5], [0.18, '#ffffff', 0.42], [0.2, '#ffffff', 0], [0.8, '#4a1c00', 0.04], [0.93, '#4a1c00', 0.24], [0.97, '#ffffff', 0.5], [1, '#ffffff', 0.3]])}"/><path d="${body}" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="2.4"/>`,
    lid(canvas, { ...t, r: 90 }, 122, 166, '#d9b36a', 0.9),
    ...canvas.times(22, (index) => {
      const part = Math.sin((index / 21 - 0.5) * Math.PI)
      const y = Math.sqrt(1 - part * part) * 18
      return svg`<path d="M${232 + part * 90} ${132 + y} V${158 + y}" stroke="#5a3a08" stroke-opacity=".28" stroke-width="1.6"/>`
    }),
    svg`<path d="M150 176 Q232 206 314 176" stroke="#b78a4a" stroke-width="5" fill="none"/><path d="M150 174 Q232 204 314 174" stroke="#ecd3a0" stroke-width="2" stroke-dasharray="4 3" fill="none"/>`,
  ].join('')
}

function dipper(canvas: Canvas): string {
  const rings = canvas.times(6, index => svg`<ellipse cx="0" cy="${index * 9}" rx="${[13, 19, 22, 22, 19, 13][index] ?? 15}" ry="6.4" fill="${canvas.across([[0, '#a06a2c'], [0.35, '#e2b878'], [1, '#7a4c1a']])}"/>`)
  return svg`<path d="M346 424 Q380 408 424 424 Q440 440 404 446 Q350 448 346 424Z" fill="${canvas.linear([[0, '#ffc94a'], [1, '#d9820e']])}"/><path d="M356 426 Q380 416 404 422" stroke="#fff" stroke-width="3" opacity=".8" fill="none" stroke-linecap="round"/>` + svg`<g transform="translate(384 418) rotate(16) translate(0 -44)"><rect x="-4" y="-116" width="8" height="122" rx="4" fill="${canvas.across([[0, '#a06a2c'], [0.4, '#e2b878'], [1, '#7a4c1a']])}"/>${rings}</g>`
}

/** Four tins in an open box, seen from above at an angle. */
function giftBox(canvas: Canvas): string {
  const tins = [['#0b7a5b', 150, 236], ['#d08a2c', 304, 236], ['#9a4f64', 142, 298], ['#3f6a8c', 314, 298]] as const
  return [
    svg`<path d="M60 260 L420 260 L452 414 L440 424 L40 424 L28 412Z" fill="#4a2710" opacity=".45" filter="${canvas.blur(12)}" transform="translate(12 10)"/>`,
    face(canvas, { origin: [76, 66], right: [316, 0], down: [-8, 122] }, '#12604a', place(roundel(17, '#0b5540', '#e6c88a'), 50, 48, 1, 0, 2.4) + svg`<rect x="4" y="7" width="92" height="86" fill="none" stroke="#e6c88a" stroke-width="1" stroke-opacity=".7"/>`, `filter="${canvas.grain('0.3', 0.7)}"`),
    svg`<path d="M68 188 H384 L392 200 H60Z" fill="#08402f"/>`,
    svg`<path d="M62 196 H392 L424 352 H32Z" fill="${canvas.linear([[0, '#0a4a38'], [1, '#0d6a50']])}"/><path d="M76 206 H378 L404 340 H52Z" fill="${canvas.linear([[0, '#b99a68'], [1, '#e8d3a8']])}" filter="${canvas.grain('0.5', 1)}"/><path d="M76 206 H378 L384 234 H70Z" fill="#3a2208" opacity=".35" filter="${canvas.blur(5)}"/>`,
    ...tins.map(([colour, x, y], index) => {
      const t: Tube = { cx: x, top: y - 6, bottom: y + 26, r: index < 2 ? 64 : 70, k: 0.42 }
      return svg`<ellipse cx="${t.cx + 4}" cy="${y + 30}" rx="${t.r * 1.06}" ry="${t.r * t.k * 1.06}" fill="#3a2208" opacity=".5" filter="${canvas.blur(4)}"/>` + svg`<path d="${tube(t, y, y + 26)}" fill="${dark(colour, 0.1)}"/>` + tubeLight(canvas, t, y, y + 26, 0.5) + lid(canvas, t, y - 12, y + 8, colour, 0.6) + place(sprig(t.r * 0.56, '#f3dca8', colour), t.cx, y - 11, 1, 0, 0.5)
    }),
    face(canvas, { origin: [32, 352], right: [392, 0], down: [6, 66] }, '#12705a', place(roundel(6.6, '#0b5540', '#e6c88a'), 50, 50, 1, 0, 5.94) + svg`<rect width="100" height="3" fill="#fff" opacity=".3"/>`, ''),
    svg`<path d="M32 352 H424 L430 418 H38Z" fill="${canvas.linear([[0, '#ffffff', 0.14], [1, '#1c0e04', 0.24]])}"/><path d="M32 352 H424" stroke="#7fc0a8" stroke-width="2.4"/>`,
    svg`<path d="M352 352 q-10 40 4 92 l14 -10 l12 14 q-14 -50 2 -96Z" fill="${canvas.linear([[0, '#d8403a'], [1, '#9a1f22']])}"/><path d="M352 352 q30 -30 62 -16 q6 16 -62 16Z M352 352 q-34 -26 -58 -8 q2 16 58 8Z" fill="${canvas.linear([[0, '#f06a5a'], [1, '#b82a2c']])}"/><ellipse cx="352" cy="351" rx="10" ry="8" fill="#c8322f"/><path d="M306 344 q20 -8 36 4 M366 346 q20 -14 40 -6" stroke="#fff" stroke-opacity=".5" stroke-width="2.4" fill="none" stroke-linecap="round"/>`,
  ].join('')
}

export const goods: Record<string, Picture> = {
  'jasmine-tea-tin': (canvas) => {
    const t: Tube = { cx: 240, top: 112, bottom: 410, r: 96, k: 0.2 }
    const branch = svg`<path d="M170 372 Q204 320 234 300 Q262 280 292 232" stroke="#cfe2c0" stroke-width="3" fill="none"/>` + place(leaf(canvas, 44, '#5fa07a', false), 206, 322, 1, 20) + place(leaf(canvas, 42, '#5fa07a', false), 246, 290, 1, -140) + place(leaf(canvas, 40, '#5fa07a', false), 272, 262, 1, 30) + [[212, 306, 17], [262, 272, 19], [294, 230, 15], [184, 346, 14], [296, 300, 13]].map(([x = 0, y = 0, r = 0]) => place(jasmine(canvas, r), x, y, 1, x)).join('')
    return room(canvas, { wall: '#e9e6d2' }) + board(canvas, 240, 408, 420, 104, '#c0935f') + tubeShadow(canvas, t)
      + svg`<path d="${tube(t, 176, 410)}" fill="#0b7a5b"/>` + group(branch, `clip-path="${canvas.clip(tube(t, 176, 410))}"`)
      + label(canvas, t, 196, 204, '#e6c88a', '') + label(canvas, t, 396, 402, '#e6c88a', '') + tubeLight(canvas, t, 176, 410, 0.6) + lid(canvas, t, 112, 176, '#dfc48c', 0.9)
      + place(sprig(46, '#a9864a', '#dfc48c'), 240, 112, 1, 0, 0.34) + [[92, 420, 22], [126, 434, 17], [386, 428, 20]].map(([x = 0, y = 0, r = 0]) => shadow(canvas, x, y + r * 0.5, r * 0.8, 0.3) + place(jasmine(canvas, r), x, y, 1, x, 0.7)).join('')
  },

  'dancong-bag': (canvas) => {
    const print = svg`<g transform="translate(124 250)">${hills(232, 90, ['#d9b98a', '#c09a66', '#8f6a3c'])}</g><circle cx="300" cy="212" r="22" fill="#d8653a"/>` + place(roundel(30, '#5a3a1c', '#f3e2c0'), 208, 188)
    const view = svg`<rect x="164" y="320" width="152" height="62" rx="31" fill="#2c2214"/>` + group(canvas.times(60, () => place(tealeaf(canvas, canvas.between(22, 40), canvas.pick(['#4a3c22', '#5f4c2a', '#33291a', '#6b5730'])), canvas.between(150, 310), canvas.between(322, 384), 1, canvas.between(0, 360))), `clip-path="${canvas.clip('M195 320 H285 A31 31 0 0 1 285 382 H195 A31 31 0 0 1 195 320Z')}"`) + '<rect x="164" y="320" width="152" height="62" rx="31" fill="none" stroke="#8a6a40" stroke-width="3"/><path d="M184 336 Q196 326 214 326" stroke="#fff" stroke-width="4" opacity=".5" fill="none" stroke-linecap="round"/>'
    return room(canvas, { wall: '#eadfcb' }) + pouch(canvas, 240, 74, 232, 346, '#e3cba0', print, '0.6', view) + heap(canvas, 98, 420, 46, 46, ['#3c3320', '#4e4026', '#2c2618', '#5c4a2c'])
  },

  'pyramid-tea-bags': (canvas) => {
    const front = svg`<g transform="translate(0 52) scale(1 .5)">${hills(100, 96, ['#9cc7a8', '#5fa585', '#2f8a6a'])}</g>` + place(jasmine(canvas, 9), 30, 36, 1, 0, 0.9) + place(jasmine(canvas, 7), 44, 24, 1, 30, 0.9) + place(roundel(13, '#0b7a5b', '#ffffff'), 72, 30, 1, 0, 0.92)
    return room(canvas, { wall: '#e6ebda' }) + svg`<path d="M96 356 L300 372 L420 340 L420 352 L306 392 L92 372Z" fill="#4a2710" opacity=".5" filter="${canvas.blur(8)}"/>`
      + face(canvas, { origin: [100, 120], right: [204, 16], down: [0, 236] }, canvas.linear([[0, '#fbf8ee'], [1, '#e8efdf']]), front)
      + face(canvas, { origin: [304, 136], right: [86, -32], down: [0, 236] }, canvas.across([[0, '#0a5f47'], [1, '#0b7a5b']]), place(sprig(44, '#d9ecd9', '#0b6a50'), 50, 46, 1, 0, 0.5))
      + face(canvas, { origin: [186, 88], right: [204, 16], down: [-86, 32] }, canvas.linear([[0, '#ffffff'], [1, '#eef2e4']]), place(sprig(26, '#0b7a5b', '#ffffff'), 50, 52, 1, 0, 0.9))
      + '<path d="M100 120 L304 136 L304 372" stroke="#fff" stroke-width="2" stroke-opacity=".8" fill="none"/>'
      + svg`<path d="M100 120 L304 136 V372 L100 356Z" fill="${canvas.linear([[0, '#ffffff', 0.4], [0.5, '#ffffff', 0], [1, '#4a2710', 0.12]], { x1: 100, y1: 120, x2: 304, y2: 372 })}"/>`
      + pyramid(canvas, 156, 384, 72, '#5f7a34') + pyramid(canvas, 304, 394, 76, '#4c6a2c') + place(jasmine(canvas, 15), 90, 430, 1, 0, 0.7)
  },

  'honey-jar': canvas => room(canvas, { wall: '#f6e4b8' }) + honeyJar(canvas) + dipper(canvas) + [[70, 420, 11], [96, 432, 9]].map(([x = 0, y = 0, r = 0]) => place(osmanthus(canvas, r), x, y, 1, x, 0.7)).join(''),

  'tea-gift-box': canvas => room(canvas, { wall: '#eee0cb', horizon: 0.4 }) + giftBox(canvas),

  'canvas-tote': (canvas) => {
    const body = 'M112 170 Q240 182 368 170 L386 408 Q330 430 240 426 Q150 430 94 408Z'
    const strap = (dy: number): string => svg`M164 ${178 + dy} C150 ${40 + dy} 200 ${24 + dy} 240 ${24 + dy} C280 ${24 + dy} 330 ${40 + dy} 316 ${178 + dy}`
    const band = (dy: number, colour: string): string => svg`<path d="${strap(dy)}" fill="none" stroke="${dark(colour, 0.25)}" stroke-width="22"/><path d="${strap(dy)}" fill="none" stroke="${colour}" stroke-width="18" filter="${canvas.grain('0.5', 1)}"/><path d="${strap(dy)}" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="1.2" stroke-dasharray="5 4"/>`
    return room(canvas, { wall: '#e9e2d2' }) + group([shadow(canvas, 240, 416, 142, 0.16), band(-12, '#d8c8a4'),
      svg`<ellipse cx="240" cy="172" rx="128" ry="9" fill="#8a7448"/><path d="${body}" fill="${canvas.linear([[0, '#f6eedb'], [1, '#e6d8b8']])}" filter="${canvas.grain('0.45 0.5', 1.5)}"/>`
      + group([svg`<path d="M106 196 Q240 208 374 196" stroke="#b79f6e" stroke-width="1.6" stroke-dasharray="5 4" fill="none"/>`, ...[[140, 230, 20, 170], [330, 220, -26, 190], [190, 330, 30, 90], [290, 330, -18, 84]].map(([x = 0, y = 0, dx = 0, dy = 0]) => svg`<path d="M${x} ${y} q${dx} ${dy / 2} ${-dx * 0.2} ${dy}" stroke="#6b5020" stroke-opacity=".26" stroke-width="12" fill="none" filter="${canvas.blur(7)}"/><path d="M${x - 14} ${y} q${dx} ${dy / 2} ${-dx * 0.2} ${dy}" stroke="#fff" stroke-opacity=".5" stroke-width="10" fill="none" filter="${canvas.blur(6)}"/>`), place(sprig(98, '#0b7a5b', '#f3ead6'), 240, 308), svg`<path d="M196 374 H284" stroke="#0b7a5b" stroke-width="4" stroke-linecap="round"/>`,
        svg`<path d="${body}" fill="${canvas.across([[0, '#4a3410', 0.32], [0.14, '#4a3410', 0.04], [0.36, '#ffffff', 0.14], [0.7, '#4a3410', 0.04], [1, '#4a3410', 0.34]])}"/>`], `clip-path="${canvas.clip(body)}"`)
      + band(6, '#efe3c6') + [152, 304].map(x => svg`<rect x="${x}" y="172" width="24" height="34" fill="#efe3c6" stroke="#b79f6e" stroke-width="1"/><path d="M${x + 3} 186 l18 16 m0 -16 l-18 16" stroke="#b79f6e" stroke-width="1.4"/>`).join('')], 'transform="translate(14 34) scale(.94)"')
  },

  'sticker-pack': (canvas) => {
    const cut = (content: string, outline: string, x: number, y: number, turn: number, size = 1): string => svg`<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><path d="${outline}" fill="#3a1c08" opacity=".34" transform="translate(4 6)" filter="${canvas.blur(4)}"/><path d="${outline}" fill="#fffdf8" stroke="#fffdf8" stroke-width="14" stroke-linejoin="round"/>${content}<path d="${outline}" fill="${canvas.linear([[0, '#ffffff', 0.36], [0.4, '#ffffff', 0.04], [1, '#ffffff', 0]])}"/></g>`
    const circle = (r: number): string => svg`M${-r} 0 A${r} ${r} 0 0 1 ${r} 0 A${r} ${r} 0 0 1 ${-r} 0Z`
    const cup = 'M-36 -46 H36 L26 54 H-26Z'
    const smile = '<circle cx="-10" cy="0" r="3.4" fill="#3a1d10"/><circle cx="12" cy="0" r="3.4" fill="#3a1d10"/><path d="M-5 7 Q1 13 7 7" stroke="#3a1d10" stroke-width="2.6" fill="none" stroke-linecap="round"/><ellipse cx="-18" cy="7" rx="5" ry="3" fill="#f08a7a" opacity=".7"/><ellipse cx="20" cy="7" rx="5" ry="3" fill="#f08a7a" opacity=".7"/>'
    const milk = '<path d="M-34 -26 Q-18 -20 0 -27 T34 -26 L26 54 H-26Z" fill="#d9a066"/><path d="M-36 -46 H36 L34 -26 Q18 -33 0 -27 T-34 -26Z" fill="#fff3df"/><path d="M8 -44 L22 -84" stroke="#0b7a5b" stroke-width="9" stroke-linecap="round"/><g fill="#3a1d10"><circle cx="-16" cy="44" r="6"/><circle cx="-2" cy="46" r="6"/><circle cx="12" cy="44" r="6"/><circle cx="-9" cy="34" r="6"/><circle cx="6" cy="34" r="6"/></g>' + smile
    const pot = 'M-44 -10 Q-40 -40 0 -40 Q40 -40 44 -10 Q48 34 24 42 H-24 Q-48 34 -44 -10Z'
    return room(canvas, { wall: '#f1e3cf', horizon: 0.3 }) + svg`<g transform="rotate(-7 240 250)"><rect x="76" y="58" width="328" height="376" rx="14" fill="#4a2710" opacity=".4" transform="translate(10 14)" filter="${canvas.blur(12)}"/><rect x="76" y="58" width="328" height="376" rx="14" fill="${canvas.linear([[0, '#e3efe2'], [1, '#c9dfcf']])}"/><rect x="88" y="70" width="304" height="352" rx="8" fill="none" stroke="#0b7a5b" stroke-opacity=".25" stroke-width="2" stroke-dasharray="6 6"/></g>`
      + cut(milk, cup, 152, 178, -10, 1.1) + cut(roundel(52, '#0b7a5b', '#ffffff'), circle(52), 300, 140, 6) + cut(slice(canvas, 44, orange), circle(44), 342, 254, 12)
      + cut(svg`<path d="${pot}" fill="#c8754a"/><path d="M-28 -34 Q0 -52 28 -34 Q0 -24 -28 -34Z" fill="#a85a34"/><circle cy="-48" r="7" fill="#a85a34"/><path d="M42 -4 Q64 -8 66 -30" stroke="#c8754a" stroke-width="10" fill="none" stroke-linecap="round"/><path d="M-42 -12 C-74 -20 -70 28 -40 22" stroke="#c8754a" stroke-width="8" fill="none"/>${smile}`, pot, 232, 318, 4, 1.05)
      + cut(svg`<circle r="33" fill="#3a170a"/>` + place(smile.replaceAll('#3a1d10', '#ffffff'), -1, -2) + '<ellipse cx="-12" cy="-18" rx="8" ry="5" fill="#fff" opacity=".8" transform="rotate(-30 -12 -18)"/>', circle(33), 240, 222, -8, 0.9)
      + cut(place(jasmine(canvas, 38), 0, 0), circle(36), 138, 300, 20) + cut(place(sprig(62, '#5fa05a', '#ffffff'), 0, 4), circle(38), 328, 356, -14)
      + cut(svg`<path d="M0 30 C-40 4 -34 -30 -12 -28 Q0 -26 0 -14 Q0 -26 12 -28 C34 -30 40 4 0 30Z" fill="#e2574c"/>${place(smile, -1, -6, 0.8)}`, 'M0 30 C-40 4 -34 -30 -12 -28 Q0 -26 0 -14 Q0 -26 12 -28 C34 -30 40 4 0 30Z', 168, 384, -12)
  },
}
