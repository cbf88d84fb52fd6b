/** The cold cups of the menu: milk tea, fruit tea, cheese foam. */
import { group, place, svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { grape, jasmine, leaf, lemon, lime, mint, orange, osmanthus, peeled, pomelo, slice, strawberry, strawberryHalf, wheel } from './drawing/fruit.ts'
import { glass, radiusAt } from './drawing/glass.ts'
import type { Inside } from './drawing/glass.ts'
import { room, shadow } from './drawing/scene.ts'
import { at, beads, foam, fruitCube, ice, iceTop, pearl, pearls, straw, swirl, tiger } from './drawing/topping.ts'

export type Picture = (canvas: Canvas) => string

/** Something lying on the table. */
export function prop(canvas: Canvas, x: number, y: number, radius: number, content: string, scale = 1): string {
  return shadow(canvas, x, y + radius * 0.72, radius * 0.78, 0.3) + place(content, x, y, scale)
}

/** Many small things scattered on the surface of the drink. */
function sprinkle(count: number, draw: (canvas: Canvas) => string, lift = 0): Inside {
  return (canvas, { shape, surface }) => {
    const r = radiusAt(shape, surface) * 0.8
    return group(canvas.times(count, () => {
      const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random())]
      const [x, y] = [shape.cx + Math.cos(a) * d * r, surface - lift + Math.sin(a) * d * r * shape.k]
      return place(draw(canvas), x, y, 1, canvas.between(0, 360), 0.62)
    }))
  }
}

/** Fruit pulp hanging in the drink. */
function pulp(count: number, colour: string, from: number, to: number, long = 7): Inside {
  return (canvas, { shape, surface, bottom }) => group(canvas.times(count, () => {
    const y = surface + (bottom - surface) * canvas.between(from, to)
    const x = shape.cx + canvas.between(-0.95, 0.95) * radiusAt(shape, y)
    return svg`<path d="M0 ${-long} Q${long * 0.55} ${long * 0.5} 0 ${long} Q${-long * 0.55} ${long * 0.5} 0 ${-long}Z" fill="${colour}" fill-opacity="${canvas.between(0.45, 0.9)}" stroke="#fff" stroke-opacity=".35" stroke-width=".7" transform="translate(${x} ${y}) rotate(${canvas.between(0, 180)}) scale(${canvas.between(0.6, 1.2)})"/>`
  }))
}

function cubes(count: number, size: number, colour: string, from: number, to: number): Inside {
  return (canvas, { shape, surface, bottom }) => group(canvas.times(count, (index) => {
    const y = surface + (bottom - surface) * (from + (to - from) * (index + 0.5) / count)
    const part = ((index * 0.618 + 0.15) % 1) * 2 - 1
    return fruitCube(canvas, shape.cx + part * (radiusAt(shape, y) - size * 0.7), y, size * canvas.between(0.85, 1.1), colour)
  }))
}

type Spot = readonly [number, number, number]

const scatter = (canvas: Canvas, spots: readonly Spot[], draw: (canvas: Canvas, radius: number) => string): string =>
  group(spots.map(([x, y, r]) => prop(canvas, x, y, r, draw(canvas, r))))

const sip = '#3a1d10'

export const drinks: Record<string, Picture> = {
  'brown-sugar-pearl-milk': canvas => room(canvas, { wall: '#efdcc4' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#fdf6ea' }, { from: 0.5, colour: '#f6e6cf', soft: 34 }, { from: 0.72, colour: '#d19a62', soft: 26 }, { from: 0.9, colour: '#8a4a1c', soft: 14 }],
    inside: [tiger('#5d270b', 0.5), pearls(4, 15)], above: [iceTop(3, 24)], straw: straw(sip, { wide: 21 }), glow: '#c98648',
  }) + scatter(canvas, [[70, 392, 12], [96, 412, 13], [52, 418, 13]], (_, r) => pearl(canvas, 0, 0, r)),

  'pearl-milk-tea': canvas => room(canvas, { wall: '#f0dfcd' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#e2b07a' }, { from: 0.3, colour: '#d39552', soft: 40 }, { from: 0.75, colour: '#b87434', soft: 30 }],
    inside: [swirl('#f2dcc0', 0, 0.6, 0.42, '0.012 0.02', 0.7, 0.8), swirl('#9a6234', 0.35, 1, 0.36, '0.012 0.02', 0.8, 0.5), pearls(4, 14.5)],
    above: [iceTop(3, 24)], straw: straw('#f4efe6', { wide: 21, stripe: '#0b7a5b' }),
  }),

  'taro-milk-tea': canvas => room(canvas, { wall: '#ece0ea' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#f7efe8' }, { from: 0.34, colour: '#e6d6e6', soft: 26 }, { from: 0.6, colour: '#b79ac4', soft: 16 }, { from: 0.82, colour: '#9f80b2', soft: 18 }],
    inside: [swirl('#b394c4', 0.15, 0.75, 0.44, '0.02 0.02', 0.35), swirl('#fbf5f2', 0.3, 0.8, 0.36, '0.02 0.03', 0.4, 0.8), swirl('#7d5f95', 0.55, 1, 0.34, '0.05 0.06', 0.5, 0.6), swirl('#d9c6e2', 0.55, 1, 0.36, '0.08 0.08', 0.35, 0.8), pearls(2, 14.5)],
    above: [iceTop(3, 24)], straw: straw('#7d5f95', { wide: 21 }), glow: '#b79ac4',
  }) + scatter(canvas, [[66, 404, 25], [106, 424, 19]], (_, r) => fruitCube(canvas, 0, 0, r * 0.9, '#cdb5d6')),

  'osmanthus-oolong-milk': canvas => room(canvas, { wall: '#f3e2c0' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#f3dcb4' }, { from: 0.35, colour: '#e2b57a', soft: 36 }, { from: 0.75, colour: '#c48a4a', soft: 34 }],
    inside: [swirl('#fdf3de', 0, 0.75, 0.5, '0.01 0.018', 0.6), swirl('#a8682a', 0.5, 1, 0.36, '0.012 0.02', 0.7, 0.55)],
    above: [foam('#fff6e4', 20), sprinkle(26, inner => osmanthus(inner, 7), 9)], glow: '#dba25c',
  }) + scatter(canvas, [[64, 410, 9], [90, 424, 8], [108, 406, 8], [400, 436, 9], [424, 424, 8]], (_, r) => osmanthus(canvas, r)) + place(leaf(canvas, 62, '#4e8a45'), 40, 432, 1, -14, 0.7),

  'mango-pomelo-sago': canvas => room(canvas, { wall: '#f8e3b4' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#ffc63f' }, { from: 0.2, colour: '#ffb62a', soft: 10 }, { from: 0.58, colour: '#ffe3a0', soft: 18 }, { from: 0.72, colour: '#fff6e2', soft: 16 }],
    inside: [swirl('#fff3d2', 0.3, 0.75, 0.42, '0.014 0.024', 0.4), beads(130, 4.2, '#f5ead0', 0.68, 0.99), cubes(7, 17, '#ffa91f', 0.68, 0.94), pulp(34, '#f0604f', 0.22, 0.66, 8)],
    above: [sprinkle(22, inner => svg`<path d="M0 -12 Q7 6 0 12 Q-7 6 0 -12Z" fill="${inner.pick(['#ee5a4c', '#f67a66', '#f8907a'])}" stroke="#fff" stroke-opacity=".5" stroke-width=".8"/>`, 3), at(-0.4, -0.035, inner => fruitCube(inner, 0, 0, 20, '#ffb52a')), at(0.12, -0.05, inner => fruitCube(inner, 0, 0, 22, '#ffab1c')), at(0.46, -0.025, inner => fruitCube(inner, 0, 0, 18, '#ffb52a')), at(-0.12, -0.05, inner => mint(inner, 34), 1, -14)],
    glow: '#ffc24a', frost: 60,
  }) + scatter(canvas, [[72, 400, 24], [106, 422, 20]], (_, r) => fruitCube(canvas, 0, 0, r * 0.95, '#ffb02a')) + prop(canvas, 410, 410, 34, slice(canvas, 36, pomelo), 1),

  'grape-jasmine-tea': canvas => room(canvas, { wall: '#e6ddea' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#dfe79a' }, { from: 0.26, colour: '#cdb0c4', soft: 44 }, { from: 0.5, colour: '#a05aa4', soft: 44 }, { from: 0.8, colour: '#6a2478', soft: 24 }], body: 0.97,
    inside: [swirl('#7a3f80', 0.35, 0.95, 0.42, '0.012 0.02', 0.6, 0.7), ice(7, 24, 90), at(-0.5, 0.86, inner => peeled(inner, 21, '#b58fb0')), at(0.05, 0.9, inner => peeled(inner, 23, '#a97fae')), at(0.55, 0.85, inner => peeled(inner, 21, '#b58fb0')), at(-0.2, 0.7, inner => peeled(inner, 20, '#bfa5b4')), at(0.36, 0.68, inner => peeled(inner, 21, '#b99bb6')), at(-0.6, 0.6, inner => peeled(inner, 18, '#c5b4b8')), beads(26, 4, '#c9a0d0', 0.6, 0.98)],
    above: [iceTop(3, 25), at(0.36, -0.05, inner => grape(inner, 19)), at(-0.44, -0.035, inner => grape(inner, 17, '#6a3573')), at(-0.02, -0.06, inner => mint(inner, 36), 1, 8)],
    glow: '#a46fae', surface: '#e3e6bf',
  }) + scatter(canvas, [[58, 398, 21], [98, 396, 20], [76, 424, 22], [408, 424, 20]], (_, r) => grape(canvas, r)),

  'lemon-black-tea': canvas => room(canvas, { wall: '#f3e6bd' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#f0a028' }, { from: 0.35, colour: '#ec8712', soft: 60 }, { from: 0.8, colour: '#c65808', soft: 40 }], body: 0.92,
    inside: [ice(9, 26, 130), at(-0.36, 0.36, inner => slice(inner, 52, lemon), 1, 14), at(0.4, 0.58, inner => slice(inner, 52, lemon), 1, -20), at(-0.34, 0.82, inner => slice(inner, 42, lime), 1, 40), pulp(20, '#fbe9a0', 0.2, 0.95, 5)],
    above: [iceTop(3, 25), at(0.34, -0.06, inner => wheel(inner, 40, lemon, 0.6), 1, -16),
      at(-0.3, -0.04, inner => mint(inner, 36), 1, -10)],
    glow: '#e39a3c', surface: '#ebb765',
  }) + prop(canvas, 76, 404, 36, slice(canvas, 38, lemon)) + prop(canvas, 412, 420, 26, slice(canvas, 27, lime)),

  'orange-passion-tea': canvas => room(canvas, { wall: '#fae0bd' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#ffc84a' }, { from: 0.35, colour: '#ffa41c', soft: 50 }, { from: 0.75, colour: '#f27008', soft: 40 }], body: 0.96,
    inside: [swirl('#ffe2a0', 0.1, 0.8, 0.4, '0.012 0.022', 0.7, 0.7), ice(6, 24, 80), at(-0.36, 0.38, inner => slice(inner, 54, orange), 1, 10), at(0.4, 0.62, inner => slice(inner, 52, orange), 1, 34), pulp(24, '#ffe9a8', 0.3, 0.95, 6), (inner, { shape, surface, bottom }) => group(inner.times(34, () => {
      const y = surface + (bottom - surface) * inner.between(0.5, 0.97)
      const x = shape.cx + inner.between(-0.92, 0.92) * radiusAt(shape, y)
      return svg`<g transform="translate(${x} ${y}) rotate(${inner.between(0, 180)})"><ellipse rx="7.5" ry="5.6" fill="#ffc228" fill-opacity=".55"/><ellipse rx="4.8" ry="3.3" fill="#33200f"/><ellipse cx="-1.6" cy="-1.2" rx="1.3" ry=".8" fill="#fff" opacity=".8"/></g>`
    }))],
    above: [iceTop(3, 25), at(0.3, -0.07, inner => wheel(inner, 44, orange, 0.6), 1, -14),
      at(-0.34, -0.05, inner => mint(inner, 34), 1, -14)],
    glow: '#ffb247', surface: '#ffd384',
  }) + prop(canvas, 72, 402, 38, slice(canvas, 40, orange)),

  'cheese-strawberry': canvas => room(canvas, { wall: '#f8dfdb' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#f58a8a' }, { from: 0.4, colour: '#ee5f66', soft: 36 }, { from: 0.8, colour: '#d83a48', soft: 30 }],
    inside: [swirl('#ffc4bf', 0.15, 0.9, 0.42, '0.016 0.024', 0.5, 0.7), swirl('#b91f33', 0.3, 1, 0.32, '0.03 0.03', 0.4, 0.6), at(-0.46, 0.48, inner => strawberryHalf(inner, 42), 1, 12), at(0.42, 0.6, inner => strawberryHalf(inner, 44), 1, -14), at(-0.22, 0.83, inner => strawberryHalf(inner, 40), 1, 30)],
    above: [foam('#fff5e6', 44), at(0.18, -0.1, inner => strawberry(inner, 31), 1, 24)], glow: '#f27b80',
  }) + prop(canvas, 70, 398, 30, strawberry(canvas, 32)) + prop(canvas, 108, 420, 24, strawberryHalf(canvas, 25)),

  'cheese-matcha': canvas => room(canvas, { wall: '#e6ead0' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#8fb04a' }, { from: 0.45, colour: '#78a03a', soft: 36 }, { from: 0.78, colour: '#eef0d8', soft: 22 }],
    inside: [swirl('#567d26', 0.1, 0.7, 0.38, '0.014 0.022', 0.6, 0.7), swirl('#f8f6e4', 0.45, 0.92, 0.46, '0.012 0.022', 0.35), swirl('#86aa45', 0.68, 1, 0.36, '0.014 0.03', 0.4, 0.8)],
    above: [foam('#fff7e8', 42, '#6f9130')], glow: '#9cba5c',
  }) + shadow(canvas, 82, 424, 34, 0.3) + svg`<path d="M46 424 Q58 398 82 392 Q108 400 118 424 Q82 436 46 424Z" fill="${canvas.linear([[0, '#a8cc58'], [1, '#6b9030']])}" filter="${canvas.grain('0.35', 2.4)}"/>`,

  'cheese-oolong': canvas => room(canvas, { wall: '#f1e0c6' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#ee9a24' }, { from: 0.4, colour: '#dd7608', soft: 60 }, { from: 0.85, colour: '#ac4904', soft: 40 }], body: 0.93,
    inside: [ice(8, 27, 150), swirl('#fff0d4', 0.1, 0.55, 0.36, '0.014 0.008', 0.5, 0.75)],
    above: [foam('#fff4e2', 46, '#8a4a1c')], glow: '#dd9a45',
  }) + place(leaf(canvas, 66, '#5a8a48'), 44, 424, 1, -18, 0.7) + place(leaf(canvas, 52, '#4a7a3c'), 92, 432, 1, -60, 0.7),

  'jasmine-green-tea': canvas => room(canvas, { wall: '#e9ecd6' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#e6e06a' }, { from: 0.5, colour: '#d2cc46', soft: 60 }, { from: 0.9, colour: '#a9ab30', soft: 40 }], body: 0.86,
    inside: [ice(9, 26, 150), at(-0.3, 0.7, inner => jasmine(inner, 20), 1, 10), at(0.4, 0.5, inner => jasmine(inner, 17), 1, 40), at(0.24, 0.86, inner => leaf(inner, 60, '#7d9a44', false), 1, 200), at(-0.5, 0.9, inner => leaf(inner, 54, '#8aa64c', false), 1, -20)],
    above: [iceTop(3, 25), at(-0.3, -0.04, inner => jasmine(inner, 21), 1, 0, 0.75),
      at(0.36, -0.03, inner => jasmine(inner, 18), 1, 30, 0.75)],
    glow: '#d9da86', surface: '#eceab0', straw: straw('#f4efe6', { wide: 14, stripe: '#0b7a5b' }),
  }) + scatter(canvas, [[72, 408, 22], [110, 424, 17], [410, 426, 20]], (_, r) => jasmine(canvas, r)),

  'coconut-latte': canvas => room(canvas, { wall: '#e9e0d3' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#4a1e08' }, { from: 0.2, colour: '#7a3c14', soft: 20 }, { from: 0.42, colour: '#c88f58', soft: 30 }, { from: 0.6, colour: '#fbf6ee', soft: 26 }],
    inside: [ice(4, 27, 60), swirl('#6a300e', 0.15, 0.7, 0.46, '0.012 0.02', 0.4), swirl('#fffaf2', 0.24, 0.72, 0.42, '0.013 0.026', 0.4, 0.9)],
    above: [iceTop(3, 26)], straw: straw('#efe9de', { wide: 15 }), glow: '#d9b894', surface: '#7b4a28',
  }) + shadow(canvas, 78, 424, 36, 0.3) + svg`<g transform="translate(78 402) rotate(-12)"><path d="M-42 -8 A42 40 0 0 0 42 -8Z" fill="${canvas.linear([[0, '#6b4528'], [1, '#3d2412']])}" filter="${canvas.grain('0.3 0.05', 3)}"/><ellipse cy="-8" rx="42" ry="17" fill="#5a3820"/><ellipse cy="-8" rx="38" ry="14.5" fill="#fffdf8"/><ellipse cy="-5" rx="29" ry="9.5" fill="#e9e3d8"/><path d="M-26 -8 A27 9 0 0 1 20 -12" stroke="#fff" stroke-width="2" fill="none"/></g>`,

  'orange-americano': canvas => room(canvas, { wall: '#f5e0c4' }) + glass(canvas, {
    layers: [{ from: 0, colour: '#2e1204' }, { from: 0.26, colour: '#5a2406', soft: 16 }, { from: 0.42, colour: '#c05f14', soft: 26 }, { from: 0.58, colour: '#f79420', soft: 26 }, { from: 0.85, colour: '#ffab36', soft: 20 }], body: 0.95,
    inside: [swirl('#4a200a', 0.25, 0.62, 0.42, '0.012 0.024', 0.4, 0.9), ice(5, 27, 80), at(-0.36, 0.74, inner => slice(inner, 52, orange), 1, 12), at(0.48, 0.86, inner => slice(inner, 44, orange), 1, 50), pulp(16, '#ffe0a0', 0.6, 0.97, 5)],
    above: [iceTop(3, 26), at(0.3, -0.07, inner => wheel(inner, 44, orange, 0.6), 1, -14)], glow: '#f6a440', surface: '#6b3a18',
  }) + prop(canvas, 74, 402, 36, slice(canvas, 38, orange)),
}
