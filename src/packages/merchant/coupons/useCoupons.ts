import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import { useCursorList } from '@/composables/useCursorList'
import { useQuestion } from '@/composables/useQuestion'
import { useSubmit } from '@/composables/useSubmit'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { draftOf, newDraft, problemsOf, wishOf } from './couponDraft'
import { offerText } from './couponWords'
import type { CouponDraft } from './couponDraft'
import type { CouponTemplateView } from '@contracts/coupon.ts'

async function askPage(cursor?: string) {
  const outcome = await merchant.call('couponTemplates', cursor === undefined ? {} : { cursor })
  return outcome.ok ? { ...outcome, value: { items: outcome.value.templates, nextCursor: outcome.value.nextCursor } } : outcome
}

/** The shop's coupons, and the one that is being written. */
export function useCoupons() {
  const { t } = useI18n()
  const list = useCursorList<CouponTemplateView>(askPage)
  const { question, ask, answer } = useQuestion()
  const { isBusy, submit } = useSubmit('couponTemplate')

  const isOpen = ref(false)
  const draft = ref<CouponDraft>(newDraft(Date.now()))
  /** Nobody is told what is wrong before they think they are done. */
  const hasTried = ref(false)
  const problems = computed(() => hasTried.value ? problemsOf(draft.value) : {})
  const isNotOwner = computed(() => list.failure.value?.code === 'NotAllowed')

  function edit(template: CouponTemplateView | null): void {
    draft.value = template === null ? newDraft(Date.now()) : draftOf(template, Date.now())
    hasTried.value = false
    isOpen.value = true
  }

  function change(fields: Partial<CouponDraft>): void {
    draft.value = { ...draft.value, ...fields }
  }

  /** Puts a template where it was, a new one on top. */
  function place(saved: CouponTemplateView): void {
    const isKnown = list.items.value.some(({ id }) => id === saved.id)
    list.put(isKnown ? list.items.value.map(one => one.id === saved.id ? saved : one) : [saved, ...list.items.value])
  }

  async function save(): Promise<void> {
    hasTried.value = true
    const wish = wishOf(draft.value)
    if (wish === null) return
    const outcome = await submit(wish, requestId => merchant.call('saveCouponTemplate', { requestId, ...wish }))
    if (!outcome) return
    if (outcome.ok) {
      place(outcome.value)
      isOpen.value = false
    } else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  async function stop(template: CouponTemplateView): Promise<void> {
    const { stopTitle, stopBody, stopYes, stopNo } = t.value.coupons
    if (!await ask({ title: stopTitle({ offer: offerText(template, t.value) }), body: stopBody, yes: stopYes, no: stopNo })) return
    const outcome = await merchant.call('stopCouponTemplate', { templateId: template.id })
    if (outcome.ok) place(outcome.value)
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  return { ...list, isNotOwner, question, answer, isOpen, isBusy, draft, problems, edit, change, save, stop }
}
