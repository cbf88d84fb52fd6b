import type { Polygon } from './polygon.ts'
import { segments } from './polygon.ts'
import type { Cap } from './relations.ts'
import type { Shape } from './shapes.ts'
import type { Vector } from './sphere.ts'
import { latitudesOnArc, positionOf } from './sphere.ts'

/** A part of the map in degrees. `east` is at most 360 more than `west`, so that a box may reach over the date line. */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** Wide enough for what rounding may lose. */
const MARGIN = 1e-7
const RADIAN = Math.PI / 180

/** Boxes that cover a shape, one a part. */
export function boxesOf({ points, lines, polygons }: Shape): Box[] {
  return [...points.map(point => boxOfLine([point])), ...lines.map(boxOfLine), ...polygons.map(boxOfPolygon)]
}

/** A box that covers a circle. */
export function boxOfCap({ middle, angle }: Cap): Box {
  const [longitude, latitude] = positionOf(middle)
  const reach = angle / RADIAN + MARGIN
  const [south, north] = [latitude - reach, latitude + reach]
  if (south <= -90 || north >= 90 || reach >= 90) return { west: -180, east: 180, south: Math.max(-90, south), north: Math.min(90, north) }
  const around = Math.asin(Math.min(1, Math.sin(reach * RADIAN) / Math.cos(latitude * RADIAN))) / RADIAN
  return { west: longitude - around, east: longitude + around, south, north }
}

function boxOfLine(line: readonly Vector[]): Box {
  const { west, east } = longitudesOn(line)
  const latitudes = [...segments(line)].flatMap(([start, end]) => latitudesOnArc(start, end))
  if (line.length === 1) latitudes.push(positionOf(line[0] as Vector)[1])
  const [south, north] = [Math.min(...latitudes) - MARGIN, Math.max(...latitudes) + MARGIN]
  // At a pole all longitudes are one place.
  if (south <= -90 || north >= 90) return { west: -180, east: 180, south, north }
  const aside = MARGIN / Math.cos(Math.max(-south, north) * RADIAN)
  return { west: west - aside, east: east + aside, south, north }
}

function boxOfPolygon({ rings, middle }: Polygon): Box {
  const outline = rings[0] ?? []
  const box = boxOfLine(outline)
  if (longitudesOn(outline).turns === 0) return box
  // An outline that goes once around the earth has a pole inside.
  return middle[2] > 0 ? { ...box, west: -180, east: 180, north: 90 } : { ...box, west: -180, east: 180, south: -90 }
}

/** How far a line reaches to either side, counted on past the date line. */
function longitudesOn(line: readonly Vector[]): { west: number, east: number, turns: number } {
  let longitude = positionOf(line[0] as Vector)[0]
  const first = longitude
  let [west, east] = [longitude, longitude]
  for (const place of line.slice(1)) {
    const step = positionOf(place)[0] - longitude
    longitude += step - 360 * Math.round(step / 360)
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
  }
  return { west, east, turns: Math.round((longitude - first) / 360) }
}
