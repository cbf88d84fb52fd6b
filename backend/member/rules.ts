/** A session made over HTTP is good for this long. */
export const SESSION_LIFE_MS = 30 * 24 * 3_600_000
