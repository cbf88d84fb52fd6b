/** What the phone asks by itself when the page in front is left. */
export interface Leaving {
  /** Asks with these words from now on; null lets go. */
  guard(words: string | null): void
}

// #ifdef H5
const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault()
// #endif

export const leaving: Leaving = {
  guard(words) {
    // #ifdef H5
    // A browser has words of its own.
    if (words === null) removeEventListener('beforeunload', askBrowser)
    else addEventListener('beforeunload', askBrowser)
    // #endif
    // #ifdef MP-WEIXIN
    if (words === null) wx.disableAlertBeforeUnload()
    else wx.enableAlertBeforeUnload({ message: words })
    // #endif
  },
}
