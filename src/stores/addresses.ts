import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Address } from '@contracts/address.ts'

/** The address book as the server last answered it, handed from page to page. Null until it was asked for. */
export const useAddresses = defineStore('addresses', () => {
  const book = shallowRef<Address[] | null>(null)
  /** What WeChat's own address book gave, for the form that opens next. */
  const given = shallowRef<Partial<Address> | null>(null)
  return { book, given }
})
