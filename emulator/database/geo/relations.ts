import type { Polygon } from './polygon.ts'
import { segments } from './polygon.ts'
import type { Shape } from './shapes.ts'
import type { Vector } from './sphere.ts'
import { angleBetween, angleToArc, arcsCross, arcsMeet, EARTH_RADIUS_M, TOLERANCE } from './sphere.ts'

/** A circle on the sphere. */
export interface Cap {
  middle: Vector
  /** In radians. */
  angle: number
}

/** Metres from a place to the nearest place of a shape; 0 inside a polygon. */
export function distanceM(place: Vector, { points, lines, polygons }: Shape): number {
  const angles = [
    ...points.map(point => angleBetween(place, point)),
    ...lines.flatMap(line => [...segments(line)].map(([start, end]) => angleToArc(place, start, end))),
    ...polygons.map(polygon => polygon.contains(place) ? 0 : polygon.angleToEdge(place)),
  ]
  return Math.min(...angles) * EARTH_RADIUS_M
}

/** True when every place of a shape lies in one of the polygons of an area. Edges count as inside. */
export function isWithinArea(shape: Shape, { polygons }: Shape): boolean {
  const within = (places: Vector[], edges: [Vector, Vector][]) => polygons.some(area =>
    places.every(place => area.contains(place)) && !edges.some(edge => crosses(edge, area)))
  return shape.points.every(point => within([point], []))
    && shape.lines.every(line => within(line, [...segments(line)]))
    && shape.polygons.every(polygon => polygons.some(area => holds(area, polygon)))
}

/** True when every place of a shape lies in a circle. Exact for circles smaller than half the earth. */
export function isWithinCap({ points, lines, polygons }: Shape, { middle, angle }: Cap): boolean {
  const places = [...points, ...lines.flat(), ...polygons.flatMap(({ rings }) => rings[0] ?? [])]
  return places.every(place => angleBetween(place, middle) <= angle + TOLERANCE)
}

/** True when two shapes have a place in common. */
export function intersects(left: Shape, right: Shape): boolean {
  return left.points.some(point => touchesPoint(point, right))
    || right.points.some(point => touchesPoint(point, left))
    || left.lines.some(line => right.lines.some(other => linesMeet(line, other)))
    || left.lines.some(line => right.polygons.some(area => lineMeets(line, area)))
    || right.lines.some(line => left.polygons.some(area => lineMeets(line, area)))
    || left.polygons.some(area => right.polygons.some(other => areasMeet(area, other)))
}

function touchesPoint(point: Vector, { points, lines, polygons }: Shape): boolean {
  return points.some(other => angleBetween(point, other) < TOLERANCE)
    || lines.some(line => [...segments(line)].some(([start, end]) => angleToArc(point, start, end) < TOLERANCE))
    || polygons.some(area => area.contains(point))
}

function linesMeet(left: Vector[], right: Vector[]): boolean {
  return [...segments(left)].some(([a, b]) => [...segments(right)].some(([c, d]) => arcsMeet(a, b, c, d)))
}

function lineMeets(line: Vector[], area: Polygon): boolean {
  return line.some(place => area.contains(place)) || [...segments(line)].some(edge => crosses(edge, area))
}

function areasMeet(left: Polygon, right: Polygon): boolean {
  return cornersOf(left).some(corner => right.contains(corner))
    || cornersOf(right).some(corner => left.contains(corner))
    || [...left.edges()].some(edge => crosses(edge, right))
}

/** True when one polygon lies in another, and none of the other's holes lies in it. */
function holds(area: Polygon, inner: Polygon): boolean {
  if (!cornersOf(inner).every(corner => area.contains(corner))) return false
  if ([...inner.edges()].some(edge => crosses(edge, area))) return false
  return !area.rings.slice(1).some(hole => hole.every(corner => inner.contains(corner)))
}

function crosses([start, end]: [Vector, Vector], area: Polygon): boolean {
  return [...area.edges()].some(([from, to]) => arcsCross(start, end, from, to))
}

function cornersOf({ rings }: Polygon): Vector[] {
  return rings[0] ?? []
}
