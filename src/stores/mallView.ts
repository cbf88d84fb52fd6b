import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Which category the mall shows. A tab takes no parameters, so whoever leads there says it here. */
export const useMallView = defineStore('mallView', () => {
  const categoryId = ref<string | null>(null)
  return { categoryId }
})
