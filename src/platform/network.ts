import { readonly, ref } from 'vue'

const online = ref(true)

/** Whether the phone has a network at all. It says nothing about how good it is. */
export const isOnline = readonly(online)

/** Called once, before the first page. */
export function watchNetwork(): void {
  uni.getNetworkType({ success: ({ networkType }) => { online.value = networkType !== 'none' } })
  uni.onNetworkStatusChange(({ isConnected }) => { online.value = isConnected })
}
