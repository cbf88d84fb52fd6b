import { computed, ref } from 'vue'
import { readLanguage } from '@/platform/language'
import { storage } from '@/platform/storage'
import { en } from './en'
import { zh } from './zh'
import type { Language } from '@/platform/language'
import type { Messages } from './zh'
import type { Localized } from '@contracts/catalog.ts'

const locale = ref<Language>(readLanguage())
const t = computed<Messages>(() => locale.value === 'en' ? en : zh)

function localized(text: Localized): string {
  return text[locale.value]
}

/** Several names in one text, as the language puts them together. */
const listed = (names: readonly string[]): string => names.join(t.value.item.between)

function setLocale(language: Language): void {
  locale.value = language
  storage.write('language', language)
}

/** The texts in the language of the moment; they change at once when it does. */
export function useI18n() {
  return { t, locale, localized, listed, setLocale }
}
