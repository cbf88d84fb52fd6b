import { watch } from 'vue'
import { useI18n } from '@/locales'
import { wechat } from '@/platform'
import { useTable } from '@/stores/table'
import type { Messages } from '@/locales/zh'
import type { TableNews } from '@contracts/dining.ts'
import type { Localized } from '@contracts/catalog.ts'

/** What has happened at the table, in a few words. */
export function newsText(news: TableNews, t: Messages, localized: (text: Localized) => string): string {
  const who = news.guest === undefined ? '' : t.dining.guest({ number: news.guest })
  const texts = t.dining.news
  switch (news.kind) {
    case 'Joined': case 'RoundSent': case 'PartPaid': return texts[news.kind]({ who })
    case 'DishReturned': return texts.DishReturned({ name: news.name ? localized(news.name) : '' })
    case 'Moved': case 'TablesMerged': return texts[news.kind]({ table: news.tableName ?? '' })
    default: return texts[news.kind]
  }
}

let told = { sittingId: '', number: 0 }

/** Says once what others have done at the table; what was there before is no news. */
export function useTableNews(isInFront: () => boolean = () => true): void {
  const { t, localized } = useI18n()
  const table = useTable()

  watch(() => table.sitting, (now, before) => {
    if (!now) return
    const isFirst = told.sittingId !== now.id
    const fresh = isFirst ? [] : now.news.filter(one => one.number > told.number && one.guest !== now.me)
    if (before !== undefined && !isInFront()) return
    told = { sittingId: now.id, number: Math.max(0, ...now.news.map(one => one.number)) }
    const last = fresh[fresh.length - 1]
    if (!last) return
    wechat.tap()
    uni.showToast({ title: newsText(last, t.value, localized), icon: 'none' })
  }, { immediate: true })
}
