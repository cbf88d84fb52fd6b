import { PHOTO_MAX_BYTES } from '../../contracts/photo.ts'
import type { ContentVerdict } from '../content/rules.ts'
import type { ContentCheck, WordsAbout } from '../ports.ts'
import { callOpenApi, downloadFile } from './cloud.ts'

/** 1 is what people say of themselves, 2 comments. Source: security.msgSecCheck, version 2. */
const SCENES: Record<WordsAbout, number> = { Profile: 1, Goods: 2 }
const RISKY = 87014

/** WeChat's content safety. What it does not answer is unclear: nothing is shown that was not looked at. */
export function openContentCheck(): ContentCheck {
  return {
    text: async (words, openid, about) => {
      try {
        const reply = await callOpenApi('security.msgSecCheck', { version: 2, scene: SCENES[about], openid, content: words })
        const { suggest } = (reply.result ?? {}) as { suggest?: unknown }
        // `review` is for people to decide: staff can hide it, so it is shown.
        return suggest === 'risky' ? 'Risky' : suggest === 'pass' || suggest === 'review' ? 'Fine' : 'Unclear'
      } catch (error) {
        return verdictOf(error)
      }
    },
    picture: async (fileId) => {
      try {
        const content = await downloadFile(fileId)
        if (content.length > PHOTO_MAX_BYTES) return 'TooLarge'
        await callOpenApi('security.imgSecCheck', { media: { contentType: typeOf(content), value: content } })
        return 'Fine'
      } catch (error) {
        return verdictOf(error)
      }
    },
  }
}

function verdictOf(error: unknown): ContentVerdict {
  const { errCode } = (error ?? {}) as { errCode?: unknown }
  if (errCode === RISKY) return 'Risky'
  console.error('WeChat could not check what somebody wrote', error)
  return 'Unclear'
}

const typeOf = (content: Buffer): string => content[0] === 0x89 ? 'image/png' : content[0] === 0xff ? 'image/jpeg' : 'image/webp'
