import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { useAttentionList } from './useAttentionList'
import { useNote } from './useNote'
import type { RefundChoice } from '../refund/useRefundChoice'
import type { AfterSaleForStaff, DeadLetter, IncidentView, TroubledRefund } from '@contracts/merchant.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** What needs a person: requests of customers, refunds that are stuck, money that matches nothing, and what could not be done. */
export function useAttention() {
  const { t } = useI18n()
  const busyId = ref('')
  /** The request whose amount the owner is choosing. */
  const approving = shallowRef<AfterSaleForStaff | null>(null)
  const { noteQuestion, askAndSend, answerNote } = useNote()

  const list = useAttentionList()
  const isNotStaff = computed(() => list.failure.value?.code === 'NotAllowed')

  /** Does one thing to one card, says what came of it, and looks again: somebody else may have been quicker. */
  async function act<Value>(id: string, done: string, call: () => Promise<Outcome<Value>>): Promise<Outcome<Value> | null> {
    if (busyId.value !== '') return null
    busyId.value = id
    const outcome = await call()
    busyId.value = ''
    uni.showToast({ title: outcome.ok ? done : failureText(outcome, t.value), icon: 'none' })
    await list.poll()
    return outcome
  }

  async function decline({ id }: AfterSaleForStaff): Promise<void> {
    const { declineTitle: title, declineHint: hint, declineYes: yes, declined } = t.value.attention
    await askAndSend({ title, hint, yes }, answer => act(id, declined, () => merchant.call('declineAfterSale', { afterSaleId: id, answer })))
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
    await askAndSend({ title, hint, yes }, note => act(id, settled, () => merchant.call('settleRefundByHand', { refundId: id, note })))
  }

  async function resolve({ id }: IncidentView): Promise<void> {
    const { resolveTitle: title, resolveHint: hint, resolveYes: yes, resolved } = t.value.attention
    await askAndSend({ title, hint, yes }, note => act(id, resolved, () => merchant.call('resolveIncident', { incidentId: id, note })))
  }

  const retryBill = ({ id }: IncidentView) => act(id, t.value.attention.billRetried, () => merchant.call('retryBill', { incidentId: id }))

  const retryEffect = ({ id }: DeadLetter) =>
    act(id, t.value.attention.effectRetried, () => merchant.call('retryEffect', { effectId: id }))

  async function dismiss({ id }: DeadLetter): Promise<void> {
    const { dismissTitle: title, dismissHint: hint, dismissYes: yes, dismissed } = t.value.attention
    await askAndSend({ title, hint, yes }, note => act(id, dismissed, () => merchant.call('dismissEffect', { effectId: id, note })))
  }

  return {
    ...list, isNotStaff, busyId, approving, noteQuestion, answerNote,
    decline, approve, retry, settle, resolve, retryBill, retryEffect, dismiss,
  }
}
