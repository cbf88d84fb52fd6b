import { address } from './en/address'
import { afterSale } from './en/afterSale'
import { buying } from './en/buying'
import { common } from './en/common'
import { dining } from './en/dining'
import { fulfilment } from './en/fulfilment'
import { mall } from './en/mall'
import { member } from './en/member'
import { keeping } from './en/keeping'
import { kitchen } from './en/kitchen'
import { menu } from './en/menu'
import { orders } from './en/orders'
import { owner } from './en/owner'
import { parcel } from './en/parcel'
import { photos } from './en/photos'
import { sales } from './en/sales'
import { setup } from './en/setup'
import { staffOrder } from './en/staffOrder'
import { storeRules } from './en/storeRules'
import { stores } from './en/stores'
import { till } from './en/till'
import { tools } from './en/tools'
import type { Messages } from './zh'

/** The texts of the shop in English. */
export const en: Messages = {
  ...address,
  ...afterSale,
  ...buying,
  ...common,
  ...dining,
  ...fulfilment,
  ...mall,
  ...member,
  ...keeping,
  ...kitchen,
  ...menu,
  ...orders,
  ...owner,
  ...parcel,
  ...photos,
  ...sales,
  ...setup,
  ...staffOrder,
  ...storeRules,
  ...stores,
  ...till,
  ...tools,
}
