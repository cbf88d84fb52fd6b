import { onLoad } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import type { Failure } from '@/cloud/call'
import type { OwnReview } from '@contracts/review.ts'

/** What a review says; the pictures are file ids. */
export interface ReviewContent { stars: number, text: string, pictures: string[], isAnonymous: boolean }

export const picturesMax = 6

/** The reviews of one order, line by line: written once, then written anew or added to, once. */
export function useReviews() {
  const { t } = useI18n()
  const orderId = ref('')
  const busyLine = ref<number | null>(null)
  const { state, value, failure, load, show } = useScreen(() => shop.call('orderReviews', { orderId: orderId.value }))

  onLoad((query) => {
    orderId.value = query?.orderId ?? ''
    void load()
  })

  function put(review: OwnReview): void {
    if (!value.value) return
    const lines = value.value.lines.map(line => line.line === review.line ? { ...line, review } : line)
    show({ ...value.value, lines })
    uni.showToast({ title: t.value.review.sent, icon: 'none' })
  }

  const say = (failed: Failure) => uni.showToast({ title: failureText(failed, t.value), icon: 'none', duration: 3000 })

  async function write(line: number, content: ReviewContent): Promise<void> {
    if (busyLine.value !== null) return
    busyLine.value = line
    const outcome = await shop.call('writeReview', { orderId: orderId.value, line, ...content })
    busyLine.value = null
    if (outcome.ok) put(outcome.value)
    else say(outcome)
  }

  /** False when it was not taken: then what was written is not to be lost. */
  async function amend(review: OwnReview, amendment: { kind: 'Rewrite' } & ReviewContent | { kind: 'Add', text: string }): Promise<boolean> {
    if (busyLine.value !== null) return false
    busyLine.value = review.line
    const outcome = await shop.call('amendReview', { reviewId: review.id, amendment })
    busyLine.value = null
    if (outcome.ok) put(outcome.value)
    else say(outcome)
    return outcome.ok
  }

  return { state, value, failure, load, busyLine, write, amend }
}
