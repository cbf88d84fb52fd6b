import { onShow } from '@dcloudio/uni-app'
import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { useNote } from './useNote'
import type { RefundChoice } from '../refund/useRefundChoice'
import type { AttentionCounts, AttentionTab, ShopCheck } from '@contracts/attention.ts'
import type { AfterSaleForStaff, DeadLetter, IncidentView, TroubledRefund } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** What needs a person: requests of customers, refunds that are stuck, money that matches nothing, and what could not be done. */
export function useAttention() {
  const { t } = useI18n()
  const tab = ref<AttentionTab>('afterSales')
  const busyId = ref('')
  /** The request whose amount the owner is choosing. */
  const approving = shallowRef<AfterSaleForStaff | null>(null)
  const { noteQuestion, askNote, answerNote } = useNote()

  const counts = shallowRef<AttentionCounts>({ afterSales: 0, refunds: 0, incidents: 0, deadLetters: 0, mayDecide: false })
  /** How the shop is set up, while there is something to mend. Clerks are not told: they can change nothing of it. */
  const check = shallowRef<ShopCheck | null>(null)
  /** The set-up is looked over when the page is opened, and not with every look. */
  let wantsCheck = true

  const { state, value: answer, failure, load, poll, reset } = useScreen(() =>
    merchant.call('attention', { tab: tab.value, check: wantsCheck }))
  const shown = computed(() => answer.value?.shown ?? null)
  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')

  watch(answer, (now) => {
    if (now === null) return
    counts.value = now
    if (wantsCheck) check.value = now.check !== null && now.check.findings.length > 0 ? now.check : null
    wantsCheck = false
  })
  onShow(() => {
    wantsCheck = true
    void load()
  })

  function choose(next: AttentionTab): void {
    if (next === tab.value) return
    tab.value = next
    reset()
    void load()
  }

  /** Does one thing to one card, says what came of it, and looks again: somebody else may have been quicker. */
  async function act<Value>(id: string, done: string, call: () => Promise<Outcome<Value>>): Promise<void> {
    if (busyId.value !== '') return
    busyId.value = id
    const outcome = await call()
    busyId.value = ''
    uni.showToast({ title: outcome.ok ? done : failureText(outcome, t.value), icon: 'none' })
    await poll()
  }

  async function decline({ id }: AfterSaleForStaff): Promise<void> {
    const { declineTitle: title, declineHint: hint, declineYes: yes, declined } = t.value.attention
    const answer = await askNote({ title, hint, yes })
    if (answer !== null) await act(id, declined, () => merchant.call('declineAfterSale', { afterSaleId: id, answer }))
  }

  async function approve(choice: RefundChoice): Promise<void> {
    const request = approving.value
    approving.value = null
    if (request === null) return
    await act(request.id, t.value.attention.approved, () => merchant.call('approveAfterSale', { afterSaleId: request.id, ...choice }))
  }

  const retry = ({ id }: TroubledRefund) => act(id, t.value.attention.retried, () => merchant.call('retryRefund', { refundId: id }))

  async function settle({ id }: TroubledRefund): Promise<void> {
    const { settleTitle: title, settleHint: hint, settleYes: yes, settled } = t.value.attention
    const note = await askNote({ title, hint, yes })
    if (note !== null) await act(id, settled, () => merchant.call('settleRefundByHand', { refundId: id, note }))
  }

  async function resolve({ id }: IncidentView): Promise<void> {
    const { resolveTitle: title, resolveHint: hint, resolveYes: yes, resolved } = t.value.attention
    const note = await askNote({ title, hint, yes })
    if (note !== null) await act(id, resolved, () => merchant.call('resolveIncident', { incidentId: id, note }))
  }

  const retryBill = ({ id }: IncidentView) => act(id, t.value.attention.billRetried, () => merchant.call('retryBill', { incidentId: id }))

  const retryEffect = ({ id }: DeadLetter) =>
    act(id, t.value.attention.effectRetried, () => merchant.call('retryEffect', { effectId: id }))

  async function dismiss({ id }: DeadLetter): Promise<void> {
    const { dismissTitle: title, dismissHint: hint, dismissYes: yes, dismissed } = t.value.attention
    const note = await askNote({ title, hint, yes })
    if (note !== null) await act(id, dismissed, () => merchant.call('dismissEffect', { effectId: id, note }))
  }

  return {
    tab, counts, check, shown, state, failure, isNotStaff, busyId, approving, noteQuestion, answerNote,
    load, poll, choose, decline, approve, retry, settle, resolve, retryBill, retryEffect, dismiss,
  }
}
