import { onLoad } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
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
  const isUploading = ref(false)
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

  async function amend(review: OwnReview, amendment: { kind: 'Rewrite' } & ReviewContent | { kind: 'Add', text: string }): Promise<void> {
    if (busyLine.value !== null) return
    busyLine.value = review.line
    const outcome = await shop.call('amendReview', { reviewId: review.id, amendment })
    busyLine.value = null
    if (outcome.ok) put(outcome.value)
    else say(outcome)
  }

  /** Lets the person choose pictures and puts them into the person's own folder; answers their file ids. */
  async function addPictures(room: number): Promise<string[]> {
    const folder = value.value?.pictureFolder
    if (!folder || isUploading.value || room < 1) return []
    isUploading.value = true
    try {
      const chosen = (await wechat.choosePictures(room)).slice(0, room)
      return await Promise.all(chosen.map(path => wechat.uploadPicture(path, `${folder}/${pictureName(path)}`)))
    } catch (error) {
      console.error('A picture was not uploaded', error)
      uni.showToast({ title: t.value.review.uploadFailed, icon: 'none' })
      return []
    } finally {
      isUploading.value = false
    }
  }

  return { state, value, failure, load, busyLine, isUploading, write, amend, addPictures }
}

/** A name that nothing else has; the ending tells what it is, and is a picture's where the phone gives none. */
function pictureName(path: string): string {
  const ending = /\.(jpg|jpeg|png|webp)$/i.exec(path)?.[1]?.toLowerCase() ?? 'jpg'
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}.${ending}`
}
