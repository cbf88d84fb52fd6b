import { onUnload } from '@dcloudio/uni-app'
import { computed, ref, shallowRef, watch } from 'vue'
import { merchant } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { useI18n } from '@/locales'
import { failureText } from '@/locales/failure'
import { draftOf, isChangedFrom, onto } from './rulesDraft'
import { cardsToMend, problemsOf, wishOf } from './rulesWish'
import type { Localized } from '@contracts/catalog.ts'
import type { StoreRules } from '@contracts/storeRules.ts'
import type { RulesDraft } from './rulesDraft'

/** What was typed and not saved when the page was left, until it is opened again. */
let kept: { storeId: string, read: RulesDraft, draft: RulesDraft } | null = null

/** The rules of a store while its owner changes them. Nothing is sent before they save, but for resting, which cannot wait. */
export function useStoreRules() {
  const { t } = useI18n()
  const screen = useScreen(() => merchant.call('storeRules', {}))
  const sheet = screen.value
  const read = shallowRef<RulesDraft | null>(null)
  const draft = shallowRef<RulesDraft | null>(null)
  const isBusy = ref(false)
  /** Nobody is told what is wrong before they think they are done. */
  const hasTried = ref(false)

  const isNotOwner = computed(() => screen.failure.value?.code === 'NotAllowed')
  const isChanged = computed(() => read.value !== null && draft.value !== null && isChangedFrom(read.value, draft.value))
  const problems = computed(() => hasTried.value && draft.value ? problemsOf(draft.value) : {})
  const toMend = computed(() => cardsToMend(problems.value))

  /** What was typed when it was sent, once the server has taken it. */
  let sent: RulesDraft | null = null

  // What comes in from elsewhere leaves alone what is being changed here.
  watch(sheet, (now) => {
    if (now === null) return
    const fresh = draftOf(now.rules)
    const isBack = read.value === null && kept?.storeId === now.storeId
    if (isBack && kept) ({ read: read.value, draft: draft.value } = kept)
    kept = null
    const base = sent ?? read.value
    draft.value = base && draft.value ? onto(fresh, base, draft.value) : fresh
    read.value = fresh
    sent = null
    if (isBack && isChanged.value) say(t.value.unsaved.kept)
  })

  onUnload(() => {
    if (isChanged.value && sheet.value && read.value && draft.value) {
      kept = { storeId: sheet.value.storeId, read: read.value, draft: draft.value }
    }
  })

  const change = (fields: Partial<RulesDraft>) => { if (draft.value) draft.value = { ...draft.value, ...fields } }

  function restore(): void {
    draft.value = read.value
    hasTried.value = false
  }

  /** True when the rules are what was wished. `typed` is the draft that the wish came from, where it came from one. */
  async function send(rules: StoreRules, typed: RulesDraft | null): Promise<boolean> {
    if (isBusy.value || sheet.value === null) return false
    isBusy.value = true
    const outcome = await merchant.call('saveStoreRules', { revision: sheet.value.revision, rules })
    isBusy.value = false
    if (outcome.ok) {
      sent = typed
      screen.show(outcome.value)
    } else {
      if (outcome.code === 'RulesChangedMeanwhile') await screen.poll()
      say(failureText(outcome, t.value))
    }
    return outcome.ok
  }

  const say = (title: string) => { uni.showToast({ title, icon: 'none', duration: title.length > 14 ? 3000 : 1500 }) }

  async function save(): Promise<void> {
    hasTried.value = true
    const typed = draft.value
    const wish = typed && sheet.value && wishOf(typed, sheet.value.rules.resting)
    if (!wish || !await send(wish, typed)) return
    hasTried.value = false
    say(t.value.storeRules.saved)
  }

  /** Stops or resumes at once, by the rules as they are kept; what is being changed beside waits for its own save. */
  async function rest(words: Localized | null): Promise<boolean> {
    if (sheet.value === null) return false
    const hasMore = isChanged.value
    if (!await send({ ...sheet.value.rules, resting: words }, null)) return false
    const done = words ? t.value.storeRules.rested : t.value.storeRules.resumed
    say(hasMore ? t.value.storeRules.unsavedKept({ done }) : done)
    return true
  }

  return { ...screen, sheet, draft, isBusy, isChanged, isNotOwner, problems, toMend, change, restore, save, rest }
}
