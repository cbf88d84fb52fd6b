let pixelRatio: number | null = null

/** How many of the screen's own pixels a length in rpx takes up. */
export function screenPixels(rpx: number): number {
  pixelRatio ??= uni.getWindowInfo().pixelRatio
  return uni.upx2px(rpx) * pixelRatio
}
