import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { findPattern } from '@contracts/staffOrder.ts'

/** Finding an order by what somebody says at the bar. Four characters are all there is, so the last one begins the search. */
export function useFind() {
  const text = ref('')
  const searched = ref('')
  const { state, value: answer, failure, load, reset } = useScreen(() => merchant.call('findOrders', { text: searched.value }))
  const isNotStaff = computed(() => failure.value?.code === 'NotAllowed')
  const found = computed(() => answer.value?.orders ?? [])

  function type(typed: string): void {
    text.value = typed.trim().toUpperCase()
    if (text.value === searched.value) return
    searched.value = ''
    reset()
    if (findPattern.test(text.value)) void search()
  }

  function search(): Promise<void> {
    if (!findPattern.test(text.value)) return Promise.resolve()
    searched.value = text.value
    return load()
  }

  return { text, searched, state, failure, isNotStaff, found, type, search, load }
}
