import type { AppConfig } from '../../compile/package.ts'
import type { Person } from '../person.ts'
import { asyncApi } from './asyncApi.ts'

interface PlaceOptions { latitude: number, longitude: number, name?: string, address?: string }

/** Interfaces that app.json must name before WeChat lets a mini program call them. Source: requiredPrivateInfos. */
const declared = ['getLocation', 'getFuzzyLocation', 'chooseLocation', 'chooseAddress'] as const

/** Where the person is, lives and wants to go. */
export function placeApi(app: AppConfig, person: Person) {
  const ask = (name: typeof declared[number]) => asyncApi(name, () => {
    if (!app.requiredPrivateInfos?.includes(name)) {
      throw new Error('the api need to be declared in the requiredPrivateInfos field in app.json/ext.json')
    }
    return person.answer<object>(name)
  })
  return {
    ...Object.fromEntries(declared.map(name => [name, ask(name)])),
    chooseInvoiceTitle: asyncApi('chooseInvoiceTitle', () => person.answer<object>('chooseInvoiceTitle')),
    openLocation: asyncApi('openLocation', (options: PlaceOptions) => {
      for (const name of ['latitude', 'longitude'] as const) {
        if (!Number.isFinite(options[name])) throw new Error(`parameter error: parameter.${name} should be Number`)
      }
      person.did('openLocation', options)
    }),
    getSetting: asyncApi('getSetting', () => ({ authSetting: person.answer<object>('getSetting', () => ({ 'scope.userLocation': true })) })),
    openSetting: asyncApi('openSetting', () => ({ authSetting: person.answer<object>('openSetting', () => ({ 'scope.userLocation': true })) })),
    authorize: asyncApi('authorize', ({ scope }: { scope: string }) => person.answer(`authorize ${scope}`, () => undefined)),
  }
}
