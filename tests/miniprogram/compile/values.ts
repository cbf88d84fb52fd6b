/** A phone is 750 rpx wide and this one 375 px. */
export const pixelsPerRpx = 0.5

/** Values that only WeChat knows: rpx, and the safe areas, which a browser on a desk does not have. */
export function translateValue(value: string): string {
  return value
    .replace(/(-?(?:\d+\.)?\d+|-?\.\d+)rpx\b/g, (_, amount: string) => `${Number(amount) * pixelsPerRpx}px`)
    .replace(/\b(?:env|constant)\((safe-area-inset-\w+)\)/g, 'var(--$1)')
}
