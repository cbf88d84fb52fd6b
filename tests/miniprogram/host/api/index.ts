import type { AppConfig } from '../../compile/package.ts'
import type { Pages } from '../framework/pages.ts'
import type { Launch } from '../phone.ts'
import type { Person } from '../person.ts'
import type { Shell } from '../shell/shell.ts'
import { cloudApi, loginApi } from './cloud.ts'
import { deviceApi } from './device.ts'
import { feedbackApi } from './feedback.ts'
import { mediaApi } from './media.ts'
import { paymentApi } from './payment.ts'
import { phoneApi } from './phone.ts'
import { placeApi } from './place.ts'
import { shareApi } from './share.ts'
import { storageApi } from './storage.ts'
import { viewApi } from './view.ts'

/** The `wx` of this phone. What is not here is not there: code that calls it fails with the name it called. */
export function createWx(launch: Launch, app: AppConfig, { pages, shell, person }: { pages: Pages, shell: Shell, person: Person }) {
  return {
    cloud: cloudApi(launch),
    ...loginApi(launch),
    ...deviceApi(launch),
    ...storageApi(launch),
    ...feedbackApi(shell),
    ...paymentApi(shell, launch),
    ...viewApi(pages, shell),
    ...placeApi(app, person),
    ...mediaApi(shell, person),
    ...phoneApi(person),
    ...shareApi(pages, person),
  }
}
