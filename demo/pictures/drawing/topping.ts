/** What sinks, floats or stands in a drink. */
import { dark, group, light, mix, place, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'
import { radiusAt, wall } from './glass.ts'
import type { Inside, Pool } from './glass.ts'

export function pearl(canvas: Canvas, x: number, y: number, r: number, colour = '#3a170a'): string {
  const fill = canvas.ball([[0, light(colour, 0.32)], [0.35, colour], [0.78, dark(colour, 0.55)], [0.93, mix(colour, '#b5561c', 0.35)], [1, mix(colour, '#d67a2e', 0.5)]])
  return svg`<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/><ellipse cx="${x - r * 0.32}" cy="${y - r * 0.4}" rx="${r * 0.26}" ry="${r * 0.17}" fill="#fff" opacity=".88" transform="rotate(-32 ${x - r * 0.32} ${y - r * 0.4})"/><path d="M${x + r * 0.2} ${y + r * 0.72} Q${x + r * 0.62} ${y + r * 0.56} ${x + r * 0.72} ${y + r * 0.1}" stroke="#f0a860" stroke-opacity=".5" stroke-width="${r * 0.13}" fill="none" stroke-linecap="round"/>`
}

/** Heaps balls on the bottom, rows from the back to the front. */
export function pearls(rows: number, r: number, colour?: string): Inside {
  return (canvas, { shape, bottom }) => {
    const out: string[] = []
    for (let row = rows - 1; row >= 0; row--) {
      const y = bottom + 4 - row * r * 1.5
      const wide = radiusAt(shape, y) - r * 0.4
      const count = Math.floor(wide * 2 / (r * 1.86))
      for (let index = 0; index < count; index++) {
        const part = (index + 0.5 + (row % 2 ? 0.35 : -0.1) + canvas.between(-0.12, 0.12)) / count * 2 - 1
        if (row === rows - 1 && canvas.random() < 0.3) continue
        const size = r * canvas.between(0.92, 1.06)
        const front = Math.sqrt(Math.max(0, 1 - part * part)) * wide * shape.k * 0.75
        out.push(pearl(canvas, shape.cx + part * wide, y + front - size + canvas.between(-2, 2), size, colour))
      }
    }
    return out.join('')
  }
}

type Point = readonly [number, number, number]
const faces: readonly (readonly number[])[] = [[0, 1, 3, 2], [4, 5, 7, 6], [0, 1, 5, 4], [2, 3, 7, 6], [0, 2, 6, 4], [1, 3, 7, 5]]

/** A turned cube: the faces towards us, with how much light each gets. */
function turned(canvas: Canvas): { face: Point[], lit: number, near: boolean }[] {
  const [a, b] = [canvas.between(0.35, 1.2), canvas.between(0.3, 0.75)]
  const spin = canvas.between(-0.35, 0.35)
  const corner = (index: number): Point => {
    let [x, y, z] = [index & 1 ? 1 : -1, index & 2 ? 1 : -1, index & 4 ? 1 : -1];
    [x, z] = [x * Math.cos(a) - z * Math.sin(a), x * Math.sin(a) + z * Math.cos(a)];
    [y, z] = [y * Math.cos(b) - z * Math.sin(b), y * Math.sin(b) + z * Math.cos(b)];
    [x, y] = [x * Math.cos(spin) - y * Math.sin(spin), x * Math.sin(spin) + y * Math.cos(spin)]
    return [x, y, z]
  }
  return faces.map((indices) => {
    const face = indices.map(corner)
    const centre = [0, 1, 2].map(axis => face.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / 4)
    const [x = 0, y = 0, z = 0] = centre
    return { face, near: z < 0, lit: Math.max(0, (-x * 0.45 - y * 0.8 - z * 0.4)) }
  })
}

const polygon = (face: readonly Point[], size: number): string => face.map(([x, y], index) => svg`${index ? 'L' : 'M'}${x * size} ${y * size}`).join('') + 'Z'

export function iceCube(canvas: Canvas, x: number, y: number, size: number, clear = 1): string {
  const sides = turned(canvas)
  const join = size * 0.34
  const back = sides.filter(side => !side.near).map(({ face }) => svg`<path d="${polygon(face, size * 0.8)}" fill="#fff" fill-opacity=".06" stroke="#fff" stroke-opacity=".1" stroke-width="1"/>`)
  const front = sides.filter(side => side.near).map(({ face, lit }) => svg`<path d="${polygon(face, size * 0.86)}" fill="#fff" fill-opacity="${0.12 + lit * 0.45}" stroke="#fff" stroke-opacity="${0.1 + lit * 0.32}" stroke-width="${join}" stroke-linejoin="round"/>`)
  const dusk = sides.filter(side => side.near && side.lit < 0.5).map(({ face, lit }) => svg`<path d="${polygon(face, size * 0.9)}" fill="#9a6a34" fill-opacity="${0.2 - lit * 0.24}"/>`)
  const edges = sides.filter(side => side.near).map(({ face, lit }) => svg`<path d="${polygon(face, size * 0.9)}" fill="none" stroke="#fff" stroke-opacity="${0.12 + lit * 0.5}" stroke-width="1.3" stroke-linejoin="round"/>`)
  const cloud = svg`<ellipse rx="${size * 0.42}" ry="${size * 0.34}" fill="#fff" opacity=".34" filter="${canvas.blur(size * 0.16)}"/>`
  const glint = svg`<path d="M${-size * 0.55} ${-size * 0.5} L${-size * 0.1} ${-size * 0.72}" stroke="#fff" stroke-width="${size * 0.14}" stroke-linecap="round" opacity=".95"/><path d="M${size * 0.1} ${size * 0.2} l${size * 0.2} ${size * 0.26} l${size * 0.02} ${size * 0.2}" stroke="#fff" stroke-width="1" opacity=".5" fill="none"/>`
  return svg`<g transform="translate(${x} ${y})" opacity="${clear}">${back}${front}${dusk}${cloud}${edges}${glint}</g>`
}

/** A cut cube of fruit, jelly or pudding. */
export function fruitCube(canvas: Canvas, x: number, y: number, size: number, colour: string, opacity = 1): string {
  const sides = turned(canvas).filter(side => side.near).sort((one, other) => one.lit - other.lit)
  const paths = sides.map(({ face, lit }) => {
    const tone = lit > 0.6 ? light(colour, 0.32) : lit > 0.3 ? colour : mix(dark(colour, 0.12), colour, 0.3)
    const glow = canvas.linear([[0, light(tone, 0.22)], [1, dark(tone, 0.08)]], { x1: -size, y1: -size, x2: size * 0.6, y2: size })
    return svg`<path d="${polygon(face, size * 0.8)}" fill="${glow}" stroke="${glow}" stroke-width="${size * 0.36}" stroke-linejoin="round"/>`
  })
  const shine = svg`<path d="M${-size * 0.42} ${-size * 0.5} Q${-size * 0.1} ${-size * 0.75} ${size * 0.2} ${-size * 0.62}" stroke="#fff" stroke-width="${size * 0.13}" stroke-linecap="round" opacity=".6" fill="none" filter="${canvas.blur(0.6)}"/>`
  return svg`<g transform="translate(${x} ${y})" opacity="${opacity}"><ellipse cx="2" cy="${size * 0.6}" rx="${size}" ry="${size * 0.5}" fill="${dark(colour, 0.6)}" opacity=".3" filter="${canvas.blur(2.5)}"/>${paths}${shine}</g>`
}

/** Cubes crowding under the surface; the upper ones look out. */
export function ice(count: number, size = 25, depth = 70): Inside {
  return (canvas, { shape, surface }) => group(canvas.times(count, (index) => {
    const y = surface + 4 + (1 - index / count) * depth + canvas.between(-6, 6)
    const part = ((index * 0.618 + 0.2) % 1) * 2 - 1
    const x = shape.cx + part * (radiusAt(shape, y) - size * 0.9)
    return iceCube(canvas, x, y, size * canvas.between(0.85, 1.1), 0.5 + 0.45 * index / count)
  }))
}

/** Ice that breaks the surface. */
export function iceTop(count: number, size = 24): Inside {
  return (canvas, { shape, surface }) => group(canvas.times(count, (index) => {
    const part = count === 1 ? -0.2 : (index / (count - 1)) * 1.3 - 0.65
    const x = shape.cx + part * (radiusAt(shape, surface) - size * 0.5)
    return iceCube(canvas, x, surface - size * 0.18 + (index % 2) * 7, size * canvas.between(0.9, 1.08), 0.98)
  }))
}

/** Clouds of another colour drifting through the liquid between two depths (0 surface … 1 bottom). */
export function swirl(colour: string, from: number, to: number, cover = 0.5, frequency = '0.012 0.03', soft = 0.4, opacity = 1): Inside {
  return (canvas, { shape, surface, bottom }) => {
    const tall = bottom - surface
    const [a, b] = [surface + tall * from, surface + tall * to]
    const fade = canvas.mask(svg`<rect x="0" y="${a}" width="1200" height="${b - a}" fill="${canvas.linear([[0, '#000000'], [0.3, '#ffffff'], [0.7, '#ffffff'], [1, '#000000']])}"/>`)
    return svg`<g mask="${fade}" opacity="${opacity}"><rect x="${shape.cx - shape.rTop}" y="${a}" width="${shape.rTop * 2}" height="${b - a}" filter="${canvas.clouds(colour, frequency, cover, soft)}"/></g>`
  }
}

/** Brown sugar running down the wall: tiger stripes. */
export function tiger(colour: string, strong = 0.52): Inside {
  return (canvas, { shape, surface, bottom }) => {
    const box = svg`x="${shape.cx - shape.rTop}" y="${surface - 10}" width="${shape.rTop * 2}" height="${bottom - surface + 20}"`
    const fade = canvas.mask(svg`<rect ${box} fill="${canvas.linear([[0, '#3a3a3a'], [0.3, '#8a8a8a'], [0.75, '#ffffff'], [1, '#ffffff']])}"/>`)
    const streaks = canvas.times(15, (index) => {
      const x = shape.cx - shape.rBottom + (index + canvas.between(0.1, 0.9)) * shape.rBottom * 2 / 15
      const out = (x - shape.cx) * 0.32
      const tip = bottom - canvas.between(90, 250)
      const w = canvas.between(4, 11)
      const bend = canvas.between(-16, 16)
      return svg`<path d="M${x - w} ${bottom + 8} C${x - w * 0.4} ${bottom - 70} ${x + bend + out * 0.6} ${(tip + bottom) / 2} ${x + out - bend * 0.4} ${tip} C${x + bend + w + out * 0.6} ${(tip + bottom) / 2} ${x + w * 0.8} ${bottom - 60} ${x + w} ${bottom + 8}Z"/>`
    })
    return group([
      svg`<rect ${box} filter="${canvas.clouds(mix(colour, '#c47a3a', 0.55), '0.03 0.0065', strong - 0.06, 0.4)}" opacity=".6"/>`,
      group(streaks, `fill="${mix(colour, '#8a4310', 0.35)}" opacity=".8" filter="${canvas.rough(20, 0.018)}"`),
      svg`<rect ${box} filter="${canvas.clouds(colour, '0.042 0.007', strong - 0.1, 0.22)}"/>`,
    ], `mask="${fade}"`)
  }
}

/** Small translucent beads (sago, popping agar) against the wall. */
export function beads(count: number, r: number, colour: string, from: number, to: number): Inside {
  return (canvas, { shape, surface, bottom }) => {
    const fill = canvas.ball([[0, '#ffffff', 0.95], [0.4, light(colour, 0.5), 0.7], [0.8, colour, 0.55], [1, '#ffffff', 0.7]])
    return group(canvas.times(count, () => {
      const y = surface + (bottom - surface) * canvas.between(from, to)
      const x = shape.cx + canvas.between(-1, 1) * (radiusAt(shape, y) - r)
      const size = r * canvas.between(0.8, 1.15)
      return svg`<circle cx="${x}" cy="${y + 1}" r="${size}" fill="${dark(colour, 0.4)}" opacity=".25"/><circle cx="${x}" cy="${y}" r="${size}" fill="${fill}"/><circle cx="${x - size * 0.3}" cy="${y - size * 0.35}" r="${size * 0.24}" fill="#fff"/>`
    }))
  }
}

/** Pressed to the wall inside the drink: narrower towards the edge, a little of the drink in front of it. */
function sunk(canvas: Canvas, x: number, y: number, part: number, draw: (canvas: Canvas) => string, scale: number, turn: number): string {
  const narrow = Math.sqrt(1 - Math.min(0.8, part * part))
  const drawn = draw(canvas)
  return svg`<g transform="translate(${x} ${y}) scale(${scale * (0.25 + narrow * 0.75)} ${scale}) rotate(${turn})"><g opacity=".3" transform="translate(2 5)" filter="${canvas.blur(4)}"><g filter="${canvas.filter('<feColorMatrix type="matrix" values="0 0 0 0 .3 0 0 0 0 .12 0 0 0 0 .03 0 0 0 1 0"/>')}">${drawn}</g></g><g opacity=".9">${drawn}</g></g>`
}

/** Anything drawn around 0,0, set in the drink at part -1…1 across and depth 0…1. */
export function at(part: number, depth: number, draw: (canvas: Canvas) => string, scale = 1, turn = 0, squash = 1): Inside {
  return (canvas, { shape, surface, bottom }: Pool) => {
    const y = surface + (bottom - surface) * depth
    if (depth > 0.1) return sunk(canvas, shape.cx + part * radiusAt(shape, y), y, part, draw, scale, turn)
    const x = shape.cx + part * radiusAt(shape, y)
    return svg`<ellipse cx="${x + 5}" cy="${surface + 6}" rx="26" ry="7" fill="#4a2408" opacity=".26" filter="${canvas.blur(4)}"/>` + place(draw(canvas), x, y, scale, turn, squash)
  }
}

/** A wide straw leaning to the right. */
export function straw(colour: string, { wide = 18, stripe = '', lean = 52, deep = 0.25, shift = 12 } = {}): Inside {
  return (canvas, { shape, surface, bottom }) => {
    const foot = { x: shape.cx + shift, y: surface + (bottom - surface) * deep }
    const head = { x: shape.cx + shift + lean, y: 22 }
    const half = wide / 2
    const length = Math.hypot(head.x - foot.x, head.y - foot.y)
    const turn = Math.atan2(head.x - foot.x, foot.y - head.y) * 180 / Math.PI
    const under = surface + 4
    const bars = stripe ? canvas.times(Math.ceil(length / 24), index => svg`<path d="M${-half} ${-index * 24} l${wide} -14 v10 l${-wide} 14Z" fill="${stripe}"/>`) : []
    const tube = group([
      svg`<rect x="${-half}" y="${-length}" width="${wide}" height="${length}" fill="${colour}"/>`, ...bars,
      svg`<rect x="${-half}" y="${-length}" width="${wide}" height="${length}" fill="${canvas.across([[0, '#2a1206', 0.35], [0.22, '#ffffff', 0.5], [0.4, '#ffffff', 0.06], [0.7, '#2a1206', 0.08], [1, '#2a1206', 0.42]])}"/>`,
      svg`<ellipse cx="0" cy="${-length}" rx="${half}" ry="${half * 0.42}" fill="${dark(colour, 0.55)}"/><ellipse cx="0" cy="${-length}" rx="${half}" ry="${half * 0.42}" fill="none" stroke="${light(colour, 0.5)}" stroke-width="1.6"/>`,
    ], svg`transform="translate(${foot.x} ${foot.y}) rotate(${turn})"`)
    const dip = canvas.mask(svg`<rect width="480" height="480" fill="${canvas.linear([[0, '#ffffff'], [0.98, '#ffffff'], [1, '#000000']], { x1: 0, y1: under - 30, x2: 0, y2: under })}"/>`)
    return svg`<ellipse cx="${foot.x + (foot.y - under) / length * lean}" cy="${under}" rx="${half * 1.5}" ry="${half * 0.5}" fill="#2a1206" opacity=".25" filter="${canvas.blur(1.5)}"/><g mask="${dip}">${tube}</g>`
  }
}

/** Salted cheese foam: thick, a little uneven below, domed above the drink. */
export function foam(colour: string, thick: number, dust?: string): Inside {
  return (canvas, { shape, surface }) => {
    const y = surface
    const r = radiusAt(shape, y)
    const low = radiusAt(shape, y + thick)
    const waves = canvas.times(3, () => canvas.between(0, 6.283))
    const points = canvas.times(25, (index) => {
      const part = index / 12 - 1
      const dip = [[3.1, 5], [6.3, 4], [11, 1.6]].reduce((sum, [often = 0, deep = 0], wave) =>
        sum + Math.sin(part * often + (waves[wave] ?? 0)) * deep, 0)
      return svg`L${shape.cx + part * low} ${y + thick + Math.sqrt(Math.max(0, 1 - part * part)) * low * shape.k + dip}`
    })
    const mass = svg`<path d="M${shape.cx - r - 4} ${y}${points}L${shape.cx + r + 4} ${y}Z"/>`
    const side = { x1: shape.cx - r, y1: 0, x2: shape.cx + r, y2: 0 }
    const clip = canvas.clip(wall(shape, y - 26, y + thick + 60))
    const dusting = dust
      ? group(canvas.times(170, () => {
          const [a, d] = [canvas.between(0, 6.283), Math.sqrt(canvas.random()) * 0.82]
          return svg`<circle cx="${shape.cx + 6 + Math.cos(a) * d * r}" cy="${y - 9 + Math.sin(a) * d * r * shape.k}" r="${canvas.between(0.5, 1.7)}" opacity="${canvas.between(0.35, 0.95)}"/>`
        }), `fill="${dust}"`)
      : ''
    return group([
      group(mass, `fill="${dark(colour, 0.5)}" opacity=".3" transform="translate(0 7)" filter="${canvas.blur(5)}"`),
      group(mass, `fill="${canvas.linear([[0, light(colour, 0.4)], [0.3, colour], [0.7, colour], [1, dark(colour, 0.16)]], side)}" filter="${canvas.blur(1.2)}"`),
      svg`<ellipse cx="${shape.cx}" cy="${y - 1}" rx="${r}" ry="${r * shape.k}" fill="${dark(colour, 0.05)}"/>`,
      svg`<ellipse cx="${shape.cx}" cy="${y - 7}" rx="${r * 0.975}" ry="${r * shape.k * 1.06}" fill="${canvas.radial([[0, '#ffffff'], [0.6, light(colour, 0.4)], [1, dark(colour, 0.07)]], { cx: shape.cx - r * 0.3, cy: y - 16, r: r * 1.2 })}" filter="${canvas.rough(5, 0.03)}"/>`,
      svg`<path d="M${shape.cx - r * 0.62} ${y - 9} q${r * 0.35} -12 ${r * 0.7} -3 t${r * 0.5} 2" fill="none" stroke="#fff" stroke-width="5" opacity=".8" stroke-linecap="round" filter="${canvas.blur(2)}"/>`,
      dusting,
    ], `clip-path="${clip}"`)
  }
}
