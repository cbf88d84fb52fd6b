import { address } from './zh/address'
import { afterSale } from './zh/afterSale'
import { buying } from './zh/buying'
import { common } from './zh/common'
import { dining } from './zh/dining'
import { fulfilment } from './zh/fulfilment'
import { mall } from './zh/mall'
import { member } from './zh/member'
import { keeping } from './zh/keeping'
import { kitchen } from './zh/kitchen'
import { menu } from './zh/menu'
import { orders } from './zh/orders'
import { owner } from './zh/owner'
import { parcel } from './zh/parcel'
import { photos } from './zh/photos'
import { sales } from './zh/sales'
import { setup } from './zh/setup'
import { staffOrder } from './zh/staffOrder'
import { storeRules } from './zh/storeRules'
import { stores } from './zh/stores'
import { till } from './zh/till'
import { tools } from './zh/tools'

/** The texts of the shop in Chinese. They are the measure: another language that lacks one does not compile. */
export const zh = {
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

/** Every text of the shop. */
export type Messages = typeof zh
