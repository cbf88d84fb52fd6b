/** The room every picture is taken in: one warm sweep, one window at the upper left, one soft shadow. */
import { group, light, mix, svg } from './canvas.ts'
import type { Canvas } from './canvas.ts'

/** Where the room ends and the things in it begin: a larger picture may take the things alone. */
export const roomEnd = '<!--room-->'

export interface Room { wall: string, table?: string, horizon?: number, leaves?: boolean }

function leafShadow(x: number, y: number, length: number, turn: number): string {
  const half = length * 0.17
  return svg`<path d="M0 0 C${length * 0.25} ${-half * 1.5} ${length * 0.7} ${-half * 1.2} ${length} 0 C${length * 0.7} ${half * 1.2} ${length * 0.25} ${half * 1.5} 0 0Z" transform="translate(${x} ${y}) rotate(${turn})"/>`
}

/** The shadow of a plant by the window, far out of focus. */
function plantShadow(canvas: Canvas): string {
  const { width, height } = canvas
  const leaves = canvas.times(9, (index) => {
    const [x, y] = [width * (0.98 - index * 0.03), height * (0.02 + index * 0.055)]
    return leafShadow(x, y, height * canvas.between(0.26, 0.4), 128 + index * 9 + canvas.between(-16, 16))
  })
  return group(leaves, `fill="#7a4a22" opacity=".1" filter="${canvas.blur(height * 0.016)}"`)
}

export function room(canvas: Canvas, { wall, table = light(wall, 0.45), horizon = 0.62, leaves = true }: Room): string {
  const { width, height } = canvas
  const edge = height * horizon
  return [
    svg`<rect width="${width}" height="${height}" fill="${canvas.linear([[0, light(wall, 0.12)], [1, mix(wall, '#b98f63', 0.1)]])}"/>`,
    leaves ? plantShadow(canvas) : '',
    svg`<rect x="-60" y="${edge - height * 0.05}" width="${width + 120}" height="${height}" fill="${canvas.linear([[0, table, 0], [0.16, table, 0.9], [1, mix(table, wall, 0.75)]], { x1: 0, y1: edge - height * 0.05, x2: 0, y2: height })}"/>`,
    svg`<rect width="${width}" height="${height}" fill="${canvas.radial([[0, '#fffdf6', 0.85], [0.5, '#fffaf0', 0.28], [1, '#fffaf0', 0]], { cx: width * 0.18, cy: height * 0.08, r: Math.max(width, height) * 0.75 })}"/>`,
    svg`<rect width="${width}" height="${height}" fill="${canvas.radial([[0, '#000000', 0], [0.7, '#6b3d17', 0], [1, '#6b3d17', 0.14]], { cx: width * 0.46, cy: height * 0.46, r: Math.max(width, height) * 0.8 })}"/>`,
    roomEnd,
  ].join('')
}

/** Contact shadow below, cast shadow to the right. `tint` is the light that a drink throws on the table. */
export function shadow(canvas: Canvas, cx: number, cy: number, radius: number, squash = 0.22, tint?: string): string {
  return [
    svg`<ellipse cx="${cx + radius * 0.55}" cy="${cy + radius * 0.05}" rx="${radius * 1.35}" ry="${radius * squash * 1.05}" fill="#7a4a22" opacity=".2" filter="${canvas.blur(radius * 0.16)}"/>`,
    tint ? svg`<ellipse cx="${cx + radius * 0.75}" cy="${cy + radius * 0.06}" rx="${radius * 0.7}" ry="${radius * squash * 0.55}" fill="${tint}" opacity=".5" filter="${canvas.blur(radius * 0.1)}"/>` : '',
    svg`<ellipse cx="${cx + radius * 0.06}" cy="${cy + 1}" rx="${radius * 1.06}" ry="${radius * squash * 1.08}" fill="#4a2710" opacity=".42" filter="${canvas.blur(radius * 0.06)}"/>`,
    svg`<ellipse cx="${cx}" cy="${cy}" rx="${radius}" ry="${radius * squash}" fill="#3a1c08" opacity=".36" filter="${canvas.blur(Math.max(1.8, radius * 0.03))}"/>`,
  ].join('')
}

/** Thin steam over something hot. */
export function steam(canvas: Canvas, cx: number, bottom: number, tall: number): string {
  const wisps = [[-26, 1, 0.85], [8, -1, 1], [38, 1, 0.75]].map(([dx = 0, way = 1, part = 1]) => {
    const [x, sway, step] = [cx + dx, way * 13, tall * part / 4]
    return svg`<path d="M${x} ${bottom} q${sway} ${-step * 0.5} 0 ${-step} t0 ${-step} t0 ${-step} t0 ${-step}" stroke-width="${10 * part}"/>`
  })
  return group(wisps, `fill="none" stroke="${canvas.linear([[0, '#ffffff', 0], [0.4, '#ffffff', 0.7], [1, '#ffffff', 0]], { x1: 0, y1: bottom - tall, x2: 0, y2: bottom })}" stroke-linecap="round" filter="${canvas.blur(4.5)}"`)
}
