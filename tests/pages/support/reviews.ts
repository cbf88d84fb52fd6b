import type { OwnReview, ReviewView } from '@contracts/review.ts'

/** What somebody says of a tea, as everybody sees it. */
export function review(id: string, over: Partial<ReviewView> = {}): ReviewView {
  return { id, stars: 5, text: '很好喝', pictures: [], author: '小*', avatar: '', bought: [], atMs: 0, addition: null, answer: '', ...over }
}

/** The same as its author or the staff see it; it can still be amended. */
export function ownReview(over: Partial<OwnReview> = {}): OwnReview {
  return {
    ...review('review-1'), orderId: 'order-1', line: 0, productId: 'tea', productName: { zh: '茶', en: 'Tea' }, isAnonymous: false, canAmend: true,
    hiddenBecause: null, ...over,
  }
}
