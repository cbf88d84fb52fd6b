import { refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import type { Pages } from './pages.ts'
import type { TempMedia } from './tempMedia.ts'

const longestTextBytes = 2048

interface Known {
  media: TempMedia
  pages: Pages
}

type Content = Record<string, unknown>

/** What each kind of reply must hold. */
const checks: Record<string, (content: Content, known: Known) => JsonAnswer | null> = {
  text: ({ content }) => {
    if (!isText(content)) return refuse(44004)
    return Buffer.byteLength(content) > longestTextBytes ? refuse(45002) : null
  },
  image: ({ media_id: mediaId }, { media }) => media.has(mediaId) ? null : refuse(40007),
  link: ({ title, description, url, thumb_url: thumbUrl }) => [title, description, url, thumbUrl].every(isText) ? null : refuse(40097),
  miniprogrampage: ({ title, pagepath, thumb_media_id: thumbMediaId }, { media, pages }) => {
    if (!isText(title)) return refuse(40097)
    if (!isText(pagepath) || !pages.has(pagepath.replace(/^\//, ''))) return refuse(41030)
    return media.has(thumbMediaId) ? null : refuse(40007)
  },
}

/** Why a reply of customer service cannot be sent as it is; null when it can. */
export function findContentMistake(given: Given, known: Known): JsonAnswer | null {
  const type = String(given.msgtype)
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined
  if (!check) return refuse(40008)
  const content = given[type]
  if (typeof content !== 'object' || content === null) return refuse(47001)
  return check(content as Content, known)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
