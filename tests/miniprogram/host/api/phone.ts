import type { Person } from '../person.ts'
import { asyncApi } from './asyncApi.ts'

interface NetworkStatus { isConnected: boolean, networkType: 'wifi' | 'none' }

type Listener<News> = (news: News) => void

/** Listeners of one event of the phone, taken off by the same function, or all at once. */
function listeners<News>() {
  const known = new Set<Listener<News>>()
  return {
    on: (listener: Listener<News>) => { known.add(listener) },
    off: (listener?: Listener<News>) => {
      if (listener) known.delete(listener)
      else known.clear()
    },
    tell: (news: News) => known.forEach(listener => listener(news)),
  }
}

/** The phone itself: its network, its dialler, its clipboard, its camera for codes. */
export function phoneApi(person: Person) {
  const status = (): NetworkStatus => navigator.onLine ? { isConnected: true, networkType: 'wifi' } : { isConnected: false, networkType: 'none' }
  const network = listeners<NetworkStatus>()
  const theme = listeners<{ theme: 'light' | 'dark' }>()
  for (const type of ['online', 'offline']) addEventListener(type, () => network.tell(status()))
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => theme.tell({ theme: matches ? 'dark' : 'light' }))
  let clipboard = ''
  return {
    getNetworkType: asyncApi('getNetworkType', () => ({ networkType: status().networkType, weakNet: false })),
    onNetworkStatusChange: network.on,
    offNetworkStatusChange: network.off,
    onThemeChange: theme.on,
    offThemeChange: theme.off,
    makePhoneCall: asyncApi('makePhoneCall', ({ phoneNumber }: { phoneNumber: string }) => {
      if (!phoneNumber) throw new Error('parameter error: parameter.phoneNumber should be String')
      person.did('makePhoneCall', { phoneNumber: person.answer('makePhoneCall', () => phoneNumber) })
    }),
    setClipboardData: asyncApi('setClipboardData', ({ data }: { data: string }) => {
      clipboard = data
      person.did('setClipboardData', { data })
    }),
    getClipboardData: asyncApi('getClipboardData', () => ({ data: clipboard })),
    scanCode: asyncApi('scanCode', () => ({
      scanType: 'WX_CODE', charSet: 'utf-8', path: '', result: '', rawData: '', ...person.answer<object>('scanCode'),
    })),
    vibrateShort: asyncApi('vibrateShort', (options: object) => person.did('vibrateShort', options)),
    vibrateLong: asyncApi('vibrateLong', (options: object) => person.did('vibrateLong', options)),
    setKeepScreenOn: asyncApi('setKeepScreenOn', () => undefined),
    hideKeyboard: asyncApi('hideKeyboard', () => undefined),
    createInnerAudioContext: () => soundOf(person),
  }
}

/** A sound that can be counted rather than heard. */
function soundOf(person: Person) {
  const deaf = () => undefined
  return {
    src: '', loop: false, volume: 1, paused: true,
    play() { person.did('play', { src: this.src }) },
    pause: deaf, stop: deaf, destroy: deaf,
    onPlay: deaf, onEnded: deaf, onError: deaf, offError: deaf, offEnded: deaf,
  }
}
