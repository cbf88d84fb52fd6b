import { readonly, ref } from 'vue'

const online = ref(true)

/** Whether the phone has a network at all. It says nothing about how good it is. */
export const isOnline = readonly(online)

/** Called once, before the first page. */
export function watchNetwork(): void {
  // #ifdef H5
  // uni-app asks a browser for the kind of its connection, which most do not know: to it the network would never be gone.
  const look = () => { online.value = navigator.onLine }
  look()
  for (const event of ['online', 'offline']) window.addEventListener(event, look)
  // #endif
  // #ifndef H5
  uni.getNetworkType({ success: ({ networkType }) => { online.value = networkType !== 'none' } })
  uni.onNetworkStatusChange(({ isConnected }) => { online.value = isConnected })
  // #endif
}
