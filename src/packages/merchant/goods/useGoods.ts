import { computed, ref, shallowRef } from 'vue'
import { merchant } from '@/cloud/call'
import { useCursorList } from '@/composables/useCursorList'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { wechat } from '@/platform'
import { isAbout, withMarks, withSharedMarks, withShelf } from './marks'
import { useInTurn } from './useInTurn'
import type { Mark, SharedMark } from './marks'
import type { Page } from '@/composables/useCursorList'
import type { Category } from '@contracts/catalog.ts'
import type { SharedChoice, SoldOutFor, StaffGoods } from '@contracts/goods.ts'
import type { Outcome } from '@contracts/outcome.ts'

/** All goods, the choices that several of them share, or the goods of a category. */
export const ALL = 'all'
export const SHARED = 'shared'

type Row = StaffGoods | SharedChoice
const isShared = (row: Row): row is SharedChoice => 'choiceId' in row

/** Waits until whoever types has paused. */
const typingMs = 350

/** Goods of the store as staff keep them. A tap marks at once; if the server says no, it is as it was. */
export function useGoods() {
  const { t, localized } = useI18n()
  const tab = ref<string>(ALL)
  const text = ref('')
  /** What is looked for, in all categories; empty for the goods of the tab. */
  const searched = ref('')
  /** The tabs stay while other goods are on their way. */
  const categories = shallowRef<Category[]>([])
  const pending = shallowRef<Mark[]>([])
  const pendingShared = shallowRef<SharedMark[]>([])
  /** For how long the switches of a sheet, and those of shared choices, take something off. */
  const period = ref<Exclude<SoldOutFor, 'NotAnyMore'>>('Today')
  const { inTurn } = useInTurn()

  async function ask(cursor?: string): Promise<Outcome<Page<Row>>> {
    if (tab.value === SHARED && searched.value === '') {
      const outcome = await merchant.call('sharedChoices', {})
      return outcome.ok ? { ...outcome, value: { ...outcome.value, nextCursor: null } } : outcome
    }
    const which = searched.value !== '' ? { text: searched.value } : tab.value === ALL ? {} : { categoryId: tab.value }
    const outcome = await merchant.call('staffGoods', { ...which, ...cursor === undefined ? {} : { cursor } })
    if (outcome.ok && cursor === undefined) categories.value = outcome.value.categories
    return outcome
  }

  const list = useCursorList<Row>(ask)
  const goods = computed(() => list.items.value.flatMap(row => isShared(row) ? [] : withMarks(row, pending.value)))
  const shared = computed(() => list.items.value.flatMap(row => isShared(row) ? withSharedMarks(row, pendingShared.value) : []))
  const isNotStaff = computed(() => list.failure.value?.code === 'NotAllowed')

  function choose(next: string): void {
    if (next === tab.value && searched.value === '') return
    tab.value = next
    text.value = ''
    searched.value = ''
    void list.restart()
  }

  let typing: ReturnType<typeof setTimeout> | undefined

  function type(typed: string): void {
    text.value = typed
    clearTimeout(typing)
    typing = setTimeout(search, typed === '' ? 0 : typingMs)
  }

  function search(): void {
    clearTimeout(typing)
    if (text.value.trim() === searched.value) return
    searched.value = text.value.trim()
    void list.restart()
  }

  const putGoods = (changed: StaffGoods) => list.put(list.items.value.map(row => !isShared(row) && row.id === changed.id ? changed : row))

  /** The same thing is not marked a second time before the server has heard the first. */
  async function mark(wish: Mark): Promise<void> {
    if (pending.value.some(one => isAbout(one, wish))) return
    pending.value = [...pending.value, wish]
    wechat.tap()
    const outcome = await inTurn(() => merchant.call('setSoldOut', wish))
    pending.value = pending.value.filter(one => one !== wish)
    if (outcome.ok) putGoods(outcome.value)
    else uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
  }

  /** Takes a choice off in all goods that have it, and says in how many. */
  async function markShared({ productId, choiceId }: SharedChoice, until: SoldOutFor): Promise<void> {
    if (pendingShared.value.some(one => one.productId === productId && one.choiceId === choiceId)) return
    const wish: SharedMark = { productId, choiceId, until }
    pendingShared.value = [...pendingShared.value, wish]
    wechat.tap()
    const outcome = await inTurn(() => merchant.call('setChoiceSoldOut', wish))
    pendingShared.value = pendingShared.value.filter(one => one !== wish)
    if (!outcome.ok) {
      uni.showToast({ title: failureText(outcome, t.value), icon: 'none' })
      return
    }
    const { name, goods: count } = outcome.value
    const said = until === 'NotAnyMore' ? t.value.keeping.markedBack : t.value.keeping.markedOff
    list.put(list.items.value.map(row => isShared(row) && row.choiceId === choiceId && row.productId === productId ? outcome.value : row))
    uni.showToast({ title: said({ name: localized(name), count }), icon: 'none' })
  }

  /** What a shelf has after staff have changed it. */
  function hearShelf(productId: string, skuId: string | null, available: number): void {
    const found = list.items.value.find((row): row is StaffGoods => !isShared(row) && row.id === productId)
    if (found) putGoods(withShelf(found, skuId, available))
  }

  return { ...list, tab, text, searched, categories, goods, shared, period, isNotStaff, choose, type, search, mark, markShared, hearShelf }
}
