/** The wide pictures: banners, the shop itself, the logo. */
import { group, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { jasmine, leaf, orange, peeled, grape, pomelo, slice, strawberry, strawberryHalf } from './drawing/fruit.ts'
import { roundel } from './drawing/leafprint.ts'
import { board } from './drawing/ceramic.ts'
import { room, roomEnd, shadow } from './drawing/scene.ts'
import { fruitCube, pearl } from './drawing/topping.ts'
import { drinks, prop } from './drinks.ts'
import type { Picture } from './drinks.ts'
import { goods } from './goods.ts'
import { hot } from './hot.ts'

/** A picture of the menu without its room, to stand in a larger one. */
function cutout(canvas: Canvas, draw: Picture | undefined, x: number, y: number, scale: number): string {
  if (!draw) throw new Error('A wide picture needs a drawing that does not exist')
  const content = draw(canvas)
  const edge = content.indexOf(roomEnd)
  return svg`<g transform="translate(${x} ${y}) scale(${scale})">${content.slice(edge + roomEnd.length)}</g>`
}

export const banners: Record<string, Picture> = {
  'brown-sugar': canvas => room(canvas, { wall: '#e3c39c', horizon: 0.66 })
    + cutout(canvas, drinks['brown-sugar-pearl-milk'], 640, -6, 0.94) + cutout(canvas, drinks['pearl-milk-tea'], 830, 44, 0.78)
    + group([[600, 398, 15], [566, 408, 12], [634, 414, 13], [1072, 410, 15], [1040, 424, 12], [584, 426, 13]]
      .map(([x = 0, y = 0, r = 0]) => prop(canvas, x, y, r, pearl(canvas, 0, 0, r))))
    + [[508, 396, 28], [542, 418, 22]].map(([x = 0, y = 0, r = 0]) => prop(canvas, x, y, r, fruitCube(canvas, 0, 0, r * 0.9, '#7a3d16'))).join(''),

  'fruit': canvas => room(canvas, { wall: '#f6d9a0', horizon: 0.66 })
    + cutout(canvas, drinks['grape-jasmine-tea'], 818, 64, 0.74) + cutout(canvas, drinks['cheese-strawberry'], 470, 64, 0.74) + cutout(canvas, drinks['mango-pomelo-sago'], 600, -4, 0.94)
    + prop(canvas, 486, 400, 30, strawberry(canvas, 32)) + prop(canvas, 532, 422, 24, strawberryHalf(canvas, 26))
    + prop(canvas, 428, 402, 40, slice(canvas, 42, orange))
    + prop(canvas, 1084, 396, 22, grape(canvas, 22)) + prop(canvas, 1056, 420, 22, grape(canvas, 22, '#6a3573')) + prop(canvas, 1096, 428, 18, peeled(canvas, 18)) + prop(canvas, 378, 420, 28, slice(canvas, 29, pomelo)),

  'gift': canvas => room(canvas, { wall: '#dfe2c9', horizon: 0.6 }) + board(canvas, 750, 388, 640, 104, '#b98a58')
    + cutout(canvas, goods['tea-gift-box'], 490, 6, 0.86) + cutout(canvas, goods['dancong-bag'], 790, 36, 0.78)
    + [[470, 402, 20], [440, 416, 16], [1030, 424, 18]].map(([x = 0, y = 0, r = 0]) => shadow(canvas, x, y + r * 0.5, r * 0.8, 0.3) + place(jasmine(canvas, r), x, y, 1, x, 0.7)).join('') + place(leaf(canvas, 64, '#4e8a45'), 360, 432, 1, -14, 0.7),
}

const plank = (canvas: Canvas, x: number, y: number, width: number, height: number, colour: string): string =>
  svg`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}" filter="${canvas.grain('0.008 0.14', 1.2)}"/>`

/** The counter: shelves with tins, a lamp, drinks ready to be taken. */
export function store(canvas: Canvas): string {
  const lamp = (x: number, y: number): string => svg`<path d="M${x} 0 V${y}" stroke="#3a2c20" stroke-width="3"/><path d="M${x - 52} ${y + 46} Q${x - 46} ${y} ${x} ${y} Q${x + 46} ${y} ${x + 52} ${y + 46}Z" fill="${canvas.across([[0, '#064a37'], [0.35, '#2a9a78'], [0.6, '#0b7a5b'], [1, '#053a2b']])}"/><ellipse cx="${x}" cy="${y + 46}" rx="52" ry="9" fill="#fff3c8"/><ellipse cx="${x}" cy="${y + 130}" rx="190" ry="130" fill="${canvas.radial([[0, '#fff2c4', 0.5], [1, '#fff2c4', 0]])}"/>`
  const tins = (y: number, from: number, count: number): string[] => canvas.times(count, (index) => {
    const colour = ['#0b7a5b', '#c9822a', '#8a4a5c', '#3d5f7a', '#d8c49a'][Math.floor(canvas.random() * 5)] ?? '#0b7a5b'
    const [x, tall] = [from + index * 46, 52 + Math.floor(canvas.random() * 3) * 8]
    return svg`<ellipse cx="${x + 20}" cy="${y}" rx="24" ry="4" fill="#2a1206" opacity=".5" filter="${canvas.blur(3)}"/><rect x="${x}" y="${y - tall}" width="36" height="${tall}" rx="3" fill="${colour}"/><rect x="${x - 1}" y="${y - tall - 10}" width="38" height="14" rx="4" fill="#dcc189"/><rect x="${x + 5}" y="${y - tall * 0.66}" width="26" height="${tall * 0.4}" rx="2" fill="#fbf5e6" opacity=".92"/><circle cx="${x + 18}" cy="${y - tall * 0.46}" r="5" fill="${colour}"/><rect x="${x - 1}" y="${y - tall - 10}" width="38" height="${tall + 10}" rx="3" fill="${canvas.across([[0, '#1c0e04', 0.4], [0.22, '#ffffff', 0.45], [0.4, '#ffffff', 0], [1, '#1c0e04', 0.45]])}"/>`
  })
  const tiles = canvas.times(9, row => canvas.times(26, column => svg`<rect x="${column * 30 - (row % 2) * 15}" y="${340 + row * 15}" width="28" height="13" rx="2" fill="${canvas.pick(['#e9e4d4', '#e2dccb', '#eee9dc', '#dcd6c4'])}"/>`).join(''))
  return [
    svg`<rect width="750" height="500" fill="${canvas.linear([[0, '#e6d3b4'], [1, '#cdb28a']])}"/>`,
    svg`<rect y="330" width="750" height="80" fill="#b9ad94"/>`, group(tiles, 'opacity=".9"'),
    ...[[150], [268]].map(([y = 0]) => svg`<rect x="40" y="${y + 16}" width="470" height="12" fill="#2a1206" opacity=".3" filter="${canvas.blur(6)}"/>` + plank(canvas, 36, y, 478, 16, '#9a6a3c')),
    ...tins(150, 60, 5), ...tins(268, 60, 4), ...tins(150, 380, 3), ...tins(268, 330, 4),
    svg`<circle cx="640" cy="122" r="78" fill="#3a1c08" opacity=".3" transform="translate(6 10)" filter="${canvas.blur(8)}"/>` + place(roundel(76, '#0b7a5b', '#fbf3df'), 640, 122),
    lamp(180, 40), lamp(430, 28),
    svg`<rect y="404" width="750" height="100" fill="#5a3a20"/>` + plank(canvas, 0, 404, 750, 24, '#c79a62') + canvas.times(19, index => svg`<rect x="${index * 40}" y="432" width="37" height="70" fill="${canvas.linear([[0, '#7a5230'], [1, '#593a1e']])}"/>`).join('') + '<rect y="428" width="750" height="10" fill="#2a1206" opacity=".4"/>',
    cutout(canvas, drinks['brown-sugar-pearl-milk'], 288, 214, 0.46), cutout(canvas, drinks['mango-pomelo-sago'], 392, 214, 0.46), cutout(canvas, drinks['cheese-strawberry'], 496, 214, 0.46),
    cutout(canvas, hot['aged-white-tea'], 30, 224, 0.46),
    svg`<rect width="750" height="500" fill="${canvas.radial([[0, '#fff4d4', 0.3], [0.5, '#fff4d4', 0], [1, '#2a1206', 0.34]], { cx: 320, cy: 220, r: 520 })}"/>`,
  ].join('')
}

export function logo(): string {
  return svg`<rect width="240" height="240" rx="0" fill="#0b7a5b"/><circle cx="120" cy="120" r="120" fill="#0b7a5b"/>` + place(roundel(104, '#0b7a5b', '#ffffff'), 120, 120)
}
