/**
 * What a photo of a customer may be at most: more than this WeChat does not look at (security.imgSecCheck), and what nobody
 * looked at is not shown. Phones make photos smaller before they send them.
 */
export const PHOTO_MAX_BYTES = 1024 * 1024
/** The long side to which phones bring photos down: as much as a phone's screen can show of one. */
export const PHOTO_SIDE_MAX_PX = 1280
