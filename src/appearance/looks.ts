import { computed, ref } from 'vue'
import { wechat } from '@/platform'
import { storage } from '@/platform/storage'
import { palettes } from '@/theme/palettes'
import { scaleOf } from './rules'
import type { Looks, TextSize, Theme } from './rules'
// #ifdef H5
import { watchEffect } from 'vue'
// #endif

const chosen = ref<Looks>(storage.read('looks') ?? {})
const phoneTheme = ref<Theme>(wechat.theme())
wechat.onTheme((theme) => { phoneTheme.value = theme })

/** By how much letters are larger than drawn. Whoever computes a height of rows of text multiplies by it. */
export const textScale = computed(() => scaleOf(chosen.value, wechat.fontSizePx()))

/** The theme that is seen, whoever chose it. */
export const theme = computed<Theme>(() => chosen.value.theme ?? phoneTheme.value)

/** Once a person has chosen, the bars of every page must be told: WeChat paints them by the phone's own theme. */
export const isThemeChosen = ref(chosen.value.theme !== undefined)

/** The style of every page of a mini program. In the browser it stands on the document itself. */
export const pageStyle = computed(() => {
  const own = chosen.value.theme === undefined ? '' : `;${palettes[chosen.value.theme]}`
  return `--text-scale:${textScale.value}${own}`
})

function choose(looks: Looks): void {
  chosen.value = looks
  isThemeChosen.value ||= looks.theme !== undefined
  storage.write('looks', looks)
}

/** How the shop looks to this person, and how they change it. */
export function useLooks() {
  return {
    /** Large letters, chosen here or on the phone. */
    textSize: computed<TextSize>(() => chosen.value.text ?? (textScale.value > 1 ? 'large' : 'usual')),
    themeChoice: computed<Theme | 'phone'>(() => chosen.value.theme ?? 'phone'),
    chooseText: (text: TextSize) => choose({ ...chosen.value, text }),
    chooseTheme: (choice: Theme | 'phone') => {
      const { theme: _, ...others } = chosen.value
      choose(choice === 'phone' ? others : { ...others, theme: choice })
    },
  }
}

// #ifdef H5
watchEffect(() => {
  const { dataset, style } = document.documentElement
  style.setProperty('--text-scale', String(textScale.value))
  style.colorScheme = chosen.value.theme ?? 'light dark'
  if (chosen.value.theme === undefined) delete dataset.theme
  else dataset.theme = chosen.value.theme
})
// #endif
