/** A session made over HTTP is good for this long. */
export const SESSION_LIFE_MS = 30 * 24 * 3_600_000

/** Only files of our own storage, in this member's own folder, count. */
export const isOwnAvatar = (fileId: string, envId: string, memberId: string): boolean =>
  new RegExp(`^cloud://${envId}(\\.[A-Za-z0-9-]+)?/avatar/${memberId}/[^/]+$`).test(fileId)
