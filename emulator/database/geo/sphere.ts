/** A place on the unit sphere. */
export type Vector = readonly [x: number, y: number, z: number]
/** Degrees, as GeoJSON has them: longitude first. */
export type Position = readonly [longitude: number, latitude: number]

/** The radius with which MongoDB turns angles into metres. */
export const EARTH_RADIUS_M = 6_378_100
/** Angles below this, about half a millimetre on the ground, are rounding errors. */
export const TOLERANCE = 1e-10
/** What rounding may leave of the volume between three places on one line. */
const ROUNDING = 1e-15

const RADIAN = Math.PI / 180

/** The place that a longitude and a latitude mean. */
export function vectorOf([longitude, latitude]: Position): Vector {
  const around = Math.cos(latitude * RADIAN)
  return [around * Math.cos(longitude * RADIAN), around * Math.sin(longitude * RADIAN), Math.sin(latitude * RADIAN)]
}

/** The longitude and the latitude of a place. */
export function positionOf([x, y, z]: Vector): Position {
  return [Math.atan2(y, x) / RADIAN, Math.atan2(z, Math.hypot(x, y)) / RADIAN]
}

/** The product of two vectors: for places, the cosine of the angle between them. */
export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/** The vector that stands upright on two others. */
export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/** The place of the unit sphere in a direction; null for no direction at all. */
export function normalized(vector: Vector): Vector | null {
  const length = Math.hypot(...vector)
  return length < 1e-15 ? null : scaled(vector, 1 / length)
}

/** All vectors together. */
export function sum(vectors: readonly Vector[]): Vector {
  return vectors.reduce<Vector>((total, [x, y, z]) => [total[0] + x, total[1] + y, total[2] + z], [0, 0, 0])
}

/** The angle between two places in radians; exact for small ones as well. */
export function angleBetween(a: Vector, b: Vector): number {
  return Math.atan2(Math.hypot(...cross(a, b)), dot(a, b))
}

/** The angle from a place to the nearest place of a geodesic line between two others. */
export function angleToArc(place: Vector, start: Vector, end: Vector): number {
  const normal = normalized(cross(start, end))
  if (normal && dot(cross(normal, start), place) > 0 && dot(cross(end, normal), place) > 0) {
    return Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(place, normal)))))
  }
  return Math.min(angleBetween(place, start), angleBetween(place, end))
}

/** True when two geodesic lines cross within both, ends not counted. */
export function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const [ab, cd] = [cross(a, b), cross(c, d)]
  const [sideOfC, sideOfD, sideOfA, sideOfB] = [dot(ab, c), dot(ab, d), dot(cd, a), dot(cd, b)]
  if ([sideOfC, sideOfD, sideOfA, sideOfB].some(side => Math.abs(side) < ROUNDING)) return false
  if (sideOfC * sideOfD > 0 || sideOfA * sideOfB > 0) return false
  // Great circles cross twice; on the wrong side of the earth the signs are the other way round.
  return sideOfC * sideOfB > 0
}

/** True when two geodesic lines have a place in common. */
export function arcsMeet(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  if (arcsCross(a, b, c, d)) return true
  return [angleToArc(a, c, d), angleToArc(b, c, d), angleToArc(c, a, b), angleToArc(d, a, b)].some(angle => angle < TOLERANCE)
}

/** The least and the greatest latitude on a geodesic line, in degrees: it bends towards the pole between its ends. */
export function latitudesOnArc(start: Vector, end: Vector): [south: number, north: number] {
  const latitudes = [latitudeOf(start), latitudeOf(end)]
  const normal = normalized(cross(start, end))
  const top = normal && normalized([-normal[2] * normal[0], -normal[2] * normal[1], 1 - normal[2] * normal[2]])
  if (normal && top) {
    for (const extreme of [top, scaled(top, -1)]) {
      if (dot(cross(normal, start), extreme) > 0 && dot(cross(end, normal), extreme) > 0) latitudes.push(latitudeOf(extreme))
    }
  }
  return [Math.min(...latitudes), Math.max(...latitudes)]
}

/** A vector made longer by a factor. */
export function scaled([x, y, z]: Vector, factor: number): Vector {
  return [x * factor, y * factor, z * factor]
}

function latitudeOf(vector: Vector): number {
  return positionOf(vector)[1]
}
