import type { WordsAbout, World } from '../ports.ts'
import { worstOf } from './rules.ts'
import type { ContentVerdict } from './rules.ts'

/** What somebody wants others to read and see. Pictures are file ids of the shop's own storage. */
export interface Content { text: string, pictures: readonly string[], about?: WordsAbout }

/** Has WeChat look at words and pictures, all at once; answers the worst of its verdicts. */
export async function lookAt(world: World, openid: string, { text, pictures, about = 'Goods' }: Content): Promise<ContentVerdict> {
  return worstOf(await Promise.all([
    text.trim() === '' ? 'Fine' as const : world.contentCheck.text(text, openid, about),
    ...pictures.map(picture => world.contentCheck.picture(picture)),
  ]))
}
