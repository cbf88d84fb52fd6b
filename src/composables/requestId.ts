const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** It only has to differ from the other wishes of the same person, so it need not be a secret. */
export function makeRequestId(): string {
  const random = Array.from({ length: 16 }, () => letters[Math.floor(Math.random() * letters.length)]).join('')
  return `${Date.now().toString(36)}-${random}`
}
