import type { PhotoFolder } from '../../contracts/fields.ts'

/**
 * What WeChat says about words or a picture, from the best to the worst: what is known to be wrong counts for more than what is not
 * known. Unclear: WeChat could not say. TooLarge: a picture of more than PHOTO_MAX_BYTES, which WeChat does not look at.
 */
const verdictsInOrder = ['Fine', 'Unclear', 'TooLarge', 'Risky'] as const
export type ContentVerdict = typeof verdictsInOrder[number]

/** One verdict on words and pictures together: the worst of them. */
export const worstOf = (verdicts: readonly ContentVerdict[]): ContentVerdict =>
  [...verdictsInOrder].reverse().find(verdict => verdicts.includes(verdict)) ?? 'Fine'

/** What becomes of something that others will see: what nobody could look at is not shown. */
export const objections = { Fine: null, Risky: 'ContentRefused', TooLarge: 'PhotoTooLarge', Unclear: 'CheckUnavailable' } as const satisfies Record<ContentVerdict, string | null>

/** Where the phone of a member puts photos; cloudfunctions/storage-rules.json says who may read them. */
export const folderOf = (folder: PhotoFolder, memberId: string): string => `${folder}/${memberId}`

/** Only files of our own storage, in this member's own folder, count. */
export const isOwnPhoto = (fileId: string, folder: PhotoFolder, { envId, memberId }: { envId: string, memberId: string }): boolean =>
  new RegExp(`^cloud://${envId}(\\.[A-Za-z0-9-]+)?/${folderOf(folder, memberId)}/[^/]+$`).test(fileId)
