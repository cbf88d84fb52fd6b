/** The house's own marks: leaf, roundel, branch. Used on packaging, logo, stickers. */
import { group, svg } from './canvas.ts'

/** Two leaves and a bud. */
export function sprig(size: number, colour: string, vein = '#ffffff'): string {
  const s = size / 40
  return svg`<g transform="scale(${s})"><path d="M0 30 C0 14 0 6 0 -4" stroke="${colour}" stroke-width="3.4" fill="none" stroke-linecap="round"/><path d="M0 -2 C-10 -14 -8 -28 0 -38 C8 -28 10 -14 0 -2Z" fill="${colour}"/><path d="M-2 12 C-18 14 -32 4 -34 -14 C-16 -16 -4 -6 -2 12Z" fill="${colour}"/><path d="M2 12 C18 14 32 4 34 -14 C16 -16 4 -6 2 12Z" fill="${colour}"/><path d="M0 -8 V-26 M-8 4 L-24 -8 M8 4 L24 -8" stroke="${vein}" stroke-opacity=".75" stroke-width="2.2" stroke-linecap="round"/></g>`
}

export function roundel(size: number, ground: string, ink: string): string {
  return svg`<circle r="${size}" fill="${ground}"/><circle r="${size * 0.88}" fill="none" stroke="${ink}" stroke-opacity=".7" stroke-width="${size * 0.035}"/>` + svg`<g transform="translate(0 ${size * 0.06})">${sprig(size * 0.86, ink, ground)}</g>`
}

/** A line of hills, for labels. */
export function hills(width: number, height: number, colours: readonly string[]): string {
  return group(colours.map((colour, index) => {
    const y = height * (0.3 + index * 0.2)
    const shift = index % 2 ? 0.2 : 0
    return svg`<path d="M0 ${y} C${width * (0.12 + shift)} ${y - height * 0.34} ${width * (0.28 + shift)} ${y - height * 0.3} ${width * (0.42 + shift)} ${y + height * 0.02} C${width * (0.55 + shift)} ${y - height * 0.22} ${width * 0.82} ${y - height * 0.26} ${width} ${y + height * 0.04} V${height} H0Z" fill="${colour}"/>`
  }))
}
