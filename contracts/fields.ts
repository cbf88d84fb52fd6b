import * as v from 'valibot'

/** Ids that we make ourselves: letters, digits, `-` and `_`. Nothing that could be read as an operator or a path. */
export const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))

/** Made once by the client for one wish, kept over retries: one requestId gives one order. */
export const RequestId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/))

/** Scene text of a mini program code: at most 32 characters of WeChat's set. Source: wxacode.getUnlimited. */
export const Scene = v.pipe(v.string(), v.regex(/^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/))

export const Quantity = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))

/** An amount in fen that a person has seen. At most one million yuan. */
export const Fen = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000))

/** An amount in fen that is more than nothing. */
export const Positive = v.pipe(Fen, v.minValue(1))

/** A moment in ms since 1970, in this century. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000))

export const Remark = v.pipe(v.string(), v.maxLength(100))

/** What staff write down about what they did, or why they did not. */
export const Note = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

/** A place in a list that the server handed out; its content is the server's business. */
export const Cursor = v.pipe(v.string(), v.regex(/^[0-9]{1,16}_[A-Za-z0-9_-]{1,64}$/))

/** Where members put their photos: evidence of what went wrong, pictures of a review, the picture they go by. */
export type PhotoFolder = 'aftersale' | 'review' | 'avatar'

/** A picture that its member has put into `FOLDER/<member id>/` of the shop's own storage. Whose it is, the server finds out. */
export const photoIn = (folder: PhotoFolder) => v.pipe(v.string(), v.maxLength(300),
  v.regex(new RegExp(`^cloud://[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)?/${folder}/m[0-9a-f]{23}/[A-Za-z0-9_-]{1,64}\\.(jpg|jpeg|png|webp|heic)$`)))
