import { computed, ref } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'

/** What the server looks for: a pickup number, or four characters of an id or of a number. */
const isWhole = (text: string) => /^#?(?:[A-Z]\d{3}|[0-9A-F]{4})$/.test(text)

/** Finding an order by what somebody says at the bar. Four characters are all there is, so the last one begins the search. */
export function useFind() {
  const text = ref('')
  const searched = ref('')
  const { state, value: answer, failure, load, reset } = useScreen(() => merchant.call('findOrders', { text: searched.value }))
  const found = computed(() => answer.value?.orders ?? [])

  function type(typed: string): void {
    text.value = typed.trim().toUpperCase()
    if (text.value === searched.value) return
    searched.value = ''
    reset()
    if (isWhole(text.value)) void search()
  }

  function search(): Promise<void> {
    if (!isWhole(text.value)) return Promise.resolve()
    searched.value = text.value
    return load()
  }

  return { text, searched, state, failure, found, type, search, load }
}
