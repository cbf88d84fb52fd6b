import type { Pages } from '../framework/pages.ts'
import type { Launch } from '../phone.ts'
import type { Shell } from '../shell/shell.ts'
import { asyncApi } from './asyncApi.ts'
import { cloudApi, loginApi } from './cloud.ts'
import { deviceApi } from './device.ts'
import { feedbackApi } from './feedback.ts'
import { paymentApi } from './payment.ts'
import { storageApi } from './storage.ts'
import { viewApi } from './view.ts'

/** The `wx` of this phone. What is not here is not there: code that calls it fails with the name it called. */
export function createWx(launch: Launch, pages: Pages, shell: Shell) {
  return {
    cloud: cloudApi(launch),
    ...loginApi(launch),
    ...deviceApi(launch),
    ...storageApi(launch),
    ...feedbackApi(shell),
    ...paymentApi(shell, launch),
    ...viewApi(pages, shell),
    vibrateShort: asyncApi('vibrateShort', () => undefined),
  }
}
