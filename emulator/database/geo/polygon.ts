import type { Vector } from './sphere.ts'
import { angleToArc, arcsCross, cross, dot, normalized, sum, TOLERANCE } from './sphere.ts'

type Plane = readonly [x: number, y: number]

/** Places further from the middle than this (85 degrees) cannot be drawn on its map. */
const NEAR_ENOUGH = Math.cos(85 * Math.PI / 180)

/**
 * An area on the sphere whose edges are geodesic lines, with holes.
 *
 * It is tested on a map on which geodesics are straight (the gnomonic projection around its middle), so that the edges are
 * exact. Such a map reaches less than half around the earth: a larger polygon is refused.
 */
export class Polygon {
  readonly #middle: Vector
  readonly #axes: readonly [Vector, Vector]
  readonly #maps: Plane[][]

  /** The first ring is the outline, the others are holes; each ends where it began. */
  constructor(readonly rings: readonly Vector[][]) {
    const outline = rings[0]?.slice(1) ?? []
    const middle = normalized(sum(outline))
    if (!middle || outline.some(place => dot(place, middle) < NEAR_ENOUGH)) throw new Error('Polygon is too large: it must fit on less than half the earth')
    this.#middle = middle
    const first = normalized(cross(middle, Math.abs(middle[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0])) as Vector
    this.#axes = [first, cross(middle, first)]
    this.#maps = rings.map(ring => ring.map(place => this.#mapped(place)))
  }

  get middle(): Vector {
    return this.#middle
  }

  /** True for a place inside or on the edge. */
  contains(place: Vector): boolean {
    if (dot(place, this.#middle) < NEAR_ENOUGH) return false
    if (this.angleToEdge(place) < TOLERANCE) return true
    const mapped = this.#mapped(place)
    return this.#maps.every((ring, at) => isInside(mapped, ring) === (at === 0))
  }

  /** The angle from a place to the nearest edge. */
  angleToEdge(place: Vector): number {
    return Math.min(...[...this.edges()].map(([start, end]) => angleToArc(place, start, end)))
  }

  * edges(): Generator<[Vector, Vector]> {
    for (const ring of this.rings) yield* segments(ring)
  }

  #mapped(place: Vector): Plane {
    const depth = dot(place, this.#middle)
    return [dot(place, this.#axes[0]) / depth, dot(place, this.#axes[1]) / depth]
  }
}

/** The lines between neighbours of a list of places. */
export function* segments(line: readonly Vector[]): Generator<[Vector, Vector]> {
  for (const [at, end] of line.entries()) {
    const start = line[at - 1]
    if (start) yield [start, end]
  }
}

/** Two edges of a ring that cross each other, or null for a proper ring. */
export function crossingEdges(ring: readonly Vector[]): [number, number] | null {
  const edges = [...segments(ring)]
  for (const [at, [a, b]] of edges.entries()) {
    for (const [further, [c, d]] of edges.slice(at + 1).entries()) if (arcsCross(a, b, c, d)) return [at, at + 1 + further]
  }
  return null
}

/** Counts the edges that a ray to the east meets. */
function isInside([x, y]: Plane, ring: Plane[]): boolean {
  let inside = false
  for (const [at, [endX, endY]] of ring.entries()) {
    const start = ring[at - 1]
    if (!start || (start[1] > y) === (endY > y)) continue
    if (x < start[0] + (y - start[1]) / (endY - start[1]) * (endX - start[0])) inside = !inside
  }
  return inside
}
