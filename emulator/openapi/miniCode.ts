import { toBuffer } from 'qrcode'
import { jsonReply } from './openapi.ts'
import type { OpenApi } from './openapi.ts'

const widthDefault = 430

/**
 * `wxacode.getUnlimited`. The real code is round and only WeChat reads it; this one is a square QR code of the page's
 * address in the H5 build, so that any phone on the same network can scan it.
 */
export function miniCodes(publicUrl: string): OpenApi {
  return async (given) => {
    const refusal = findMistake(given)
    if (refusal) return jsonReply(refusal)
    const address = `${publicUrl}/${String(given.page ?? '')}?scene=${encodeURIComponent(String(given.scene))}`
    const image = await toBuffer(address, {
      width: Number(given.width ?? widthDefault),
      color: { dark: lineColor(given), light: given.is_hyaline === true ? '#ffffff00' : '#ffffffff' },
    })
    return { respData: image, contentType: 'image/png', httpCode: 200 }
  }
}

function findMistake({ scene, page, width }: Record<string, unknown>): { errcode: number, errmsg: string } | null {
  if (typeof scene !== 'string' || !/^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}$/.test(scene)) return { errcode: 40129, errmsg: 'invalid scene' }
  if (page !== undefined && (typeof page !== 'string' || !/^[^/?#\s][^?#\s]*$/.test(page))) return { errcode: 41030, errmsg: 'invalid page' }
  if (width !== undefined && !(Number.isInteger(width) && Number(width) >= 280 && Number(width) <= 1280)) return { errcode: 40097, errmsg: 'invalid args' }
  return null
}

function lineColor({ auto_color: auto, line_color: color }: Record<string, unknown>): string {
  const { r = 0, g = 0, b = 0 } = (auto === true ? {} : color ?? {}) as { r?: unknown, g?: unknown, b?: unknown }
  return `#${[r, g, b].map(part => Math.min(255, Math.max(0, Math.round(Number(part) || 0))).toString(16).padStart(2, '0')).join('')}ff`
}
