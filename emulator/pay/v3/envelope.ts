import { createCipheriv, randomBytes } from 'node:crypto'

/** Something that only the merchant can read. */
export interface Envelope {
  algorithm: 'AEAD_AES_256_GCM'
  ciphertext: string
  associated_data: string
  nonce: string
}

/** Encrypts with the APIv3 key; the last 16 bytes are the tag. Source: PAYSK 回调通知处理. */
export function seal(plaintext: string, associatedData: string, apiV3Key: string): Envelope {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext: sealed.toString('base64'), associated_data: associatedData, nonce }
}
