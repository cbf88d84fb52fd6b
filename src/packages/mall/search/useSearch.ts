import { onLoad, onReachBottom } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { shop } from '@/cloud/call'
import { useCursorList } from '@/composables/useCursorList'
import { useI18n } from '@/locales'
import { storage } from '@/platform/storage'
import { done } from '@contracts/outcome.ts'
import type { Localized } from '@contracts/catalog.ts'
import type { GoodsCard, Suggestion } from '@contracts/mall.ts'

const historyMax = 12
/** The server is asked once the fingers rest. */
const restMs = 250

/** From what is typed to what is found. What was searched for stays on the phone. */
export function useSearch() {
  const { localized } = useI18n()
  const text = ref('')
  /** What the list below was found for; empty while somebody types. */
  const searched = ref('')
  const history = shallowRef(storage.read('searches') ?? [])
  const suggestedWords = shallowRef<Localized[]>([])
  const hotWords = computed(() => suggestedWords.value.map(localized))
  const suggestions = shallowRef<Suggestion[]>([])
  const proposals = shallowRef<GoodsCard[]>([])
  const isTyping = computed(() => text.value.trim() !== '' && searched.value !== text.value.trim())
  let rest: ReturnType<typeof setTimeout> | undefined

  const list = useCursorList<GoodsCard>(async (cursor) => {
    const outcome = await shop.call('search', { text: searched.value, ...cursor === undefined ? {} : { cursor } })
    if (!outcome.ok) return outcome
    if (cursor === undefined) proposals.value = outcome.value.proposals
    return done({ items: outcome.value.goods, nextCursor: outcome.value.nextCursor })
  })

  onLoad(() => void suggest())
  onReachBottom(() => { if (searched.value) void list.more() })

  async function suggest(): Promise<void> {
    const asked = text.value.trim()
    const outcome = await shop.call('suggest', { text: asked })
    if (!outcome.ok || asked !== text.value.trim()) return
    if (asked === '') suggestedWords.value = outcome.value.hotWords
    suggestions.value = outcome.value.suggestions
  }

  function type(next: string): void {
    text.value = next
    searched.value = ''
    clearTimeout(rest)
    if (next.trim() === '') suggestions.value = []
    else rest = setTimeout(() => void suggest(), restMs)
  }

  async function search(wanted = text.value): Promise<void> {
    const asked = wanted.trim().slice(0, 30)
    clearTimeout(rest)
    if (asked === '') return
    text.value = asked
    searched.value = asked
    remember(asked)
    await list.restart()
  }

  function remember(asked: string): void {
    history.value = [asked, ...history.value.filter(word => word !== asked)].slice(0, historyMax)
    storage.write('searches', history.value)
  }

  function forget(): void {
    history.value = []
    storage.remove('searches')
  }

  return { text, searched, isTyping, history, hotWords, suggestions, proposals, type, search, forget, ...list }
}
