import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { sectionsMax } from '@contracts/home.ts'
import { moved, newGoodsSection, toggled } from './sections'
import type { HomeSection } from '@contracts/home.ts'

/** The home screen while its owner arranges it: nothing is sent before they save. */
export function useHomeArranging() {
  const { t } = useI18n()
  const screen = useScreen(() => merchant.call('homeArrangement', {}))
  const sections = shallowRef<HomeSection[]>([])
  /** Where the banners shall lead, of those that were changed. */
  const targets = shallowRef<Record<string, string | null>>({})
  const isBusy = ref(false)
  /** The place of the section that is open; null closes the sheet, its length is a new one. */
  const openedAt = ref<number | null>(null)
  const opened = shallowRef<HomeSection | null>(null)

  const banners = computed(() => (screen.value.value?.banners ?? []).map((banner) => {
    const aimed = targets.value[banner.id]
    return { id: banner.id, title: banner.title, productId: aimed === undefined ? banner.productId ?? null : aimed }
  }))
  const isChanged = computed(() => screen.value.value !== null
    && (JSON.stringify(sections.value) !== JSON.stringify(screen.value.value.sections) || Object.keys(targets.value).length > 0))
  const isFull = computed(() => sections.value.length >= sectionsMax)
  const isNotOwner = computed(() => screen.failure.value?.code === 'NotAllowed')

  function restore(): void {
    sections.value = screen.value.value?.sections ?? []
    targets.value = {}
  }
  watch(screen.value, restore)

  const move = (index: number, by: number) => { sections.value = moved(sections.value, index, by) }
  const toggle = (index: number) => { sections.value = toggled(sections.value, index) }
  const aim = (id: string, productId: string | null) => { targets.value = { ...targets.value, [id]: productId } }

  function open(index: number): void {
    opened.value = sections.value[index] ?? newGoodsSection()
    openedAt.value = index
  }

  function close(): void {
    openedAt.value = null
  }

  /** Puts a section back into its place, or a new one at the end; null takes it out. */
  function put(section: HomeSection | null): void {
    const index = openedAt.value ?? sections.value.length
    const rest = section === null ? [] : [section]
    sections.value = [...sections.value.slice(0, index), ...rest, ...sections.value.slice(index + 1)]
    close()
  }

  async function save(): Promise<void> {
    const read = screen.value.value
    if (isBusy.value || read === null) return
    isBusy.value = true
    const aimed = Object.entries(targets.value).map(([id, productId]) => ({ id, productId }))
    const outcome = await merchant.call('arrangeHome', { revision: read.revision, sections: sections.value, banners: aimed })
    isBusy.value = false
    if (outcome.ok) screen.show(outcome.value)
    else if (outcome.code === 'ArrangedMeanwhile') await screen.poll()
    uni.showToast({ title: outcome.ok ? t.value.homeArranging.saved : failureText(outcome, t.value), icon: 'none' })
  }

  return {
    ...screen, sections, banners, isBusy, isChanged, isFull, isNotOwner, openedAt, opened,
    move, toggle, aim, open, close, put, save, restore,
  }
}
