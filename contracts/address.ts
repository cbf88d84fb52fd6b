import * as v from 'valibot'
import { action } from './action.ts'
import { Id, RequestId } from './fields.ts'
import { provinceCodes } from './regions.ts'

/** A member's addresses: more than anybody moves between, few enough for one list. */
export const addressesMax = 20

/** A mobile number of the mainland, a landline with its area code, or a number abroad with its country code. */
export const phonePattern = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\+\d{6,15})$/

const words = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))
const degrees = (max: number) => v.pipe(v.number(), v.minValue(-max), v.maxValue(max))

/** A place on the map, in GCJ-02 degrees as WeChat's map gives them. */
export const Place = v.strictObject({ latitude: degrees(90), longitude: degrees(180), name: v.pipe(v.string(), v.trim(), v.maxLength(60)) })
export type Place = v.InferOutput<typeof Place>

export const addressLabels = ['Home', 'Company', 'School', 'Other'] as const

/** What a member tells of an address. Without a `place` on the map nobody can be sent there from the bar. */
export const addressFields = {
  name: words(20),
  phone: v.pipe(v.string(), v.trim(), v.regex(phonePattern)),
  province: v.picklist(provinceCodes),
  city: words(30),
  /** Empty where a city has none. */
  district: v.pipe(v.string(), v.trim(), v.maxLength(30)),
  detail: words(100),
  place: v.optional(Place),
  label: v.optional(v.picklist(addressLabels)),
  isDefault: v.boolean(),
}

type Fields = v.InferOutput<v.StrictObjectSchema<typeof addressFields, undefined>>

/** One address of one member; nobody else sees it until something is sent there. */
export interface Address extends Fields { id: string }

/** Where an order goes: frozen on it, so that an address can be changed or erased without an order losing its way. */
export interface Receiver {
  name: string
  phone: string
  /** Province, city, district and the rest in one text, as it is written on a parcel. */
  address: string
  place?: Place
}

/** A member's address book. Every answer is the whole book, the default first. */
export const addressActions = {
  addresses: action<Address[]>()({ caller: 'customer', input: v.strictObject({}), codes: [] }),
  /** Writes a new address, one a requestId, or changes the one that is named. The first one is the default. */
  saveAddress: action<Address[]>()({
    caller: 'customer',
    input: v.strictObject({ requestId: RequestId, addressId: v.optional(Id), ...addressFields }),
    codes: ['AddressUnknown', 'TooManyAddresses', 'TooOften'],
    limit: { perMinute: 30 },
  }),
  /** Deleting what is gone already is no error. */
  deleteAddress: action<Address[]>()({
    caller: 'customer', input: v.strictObject({ addressId: Id }), codes: ['TooOften'], limit: { perMinute: 30 },
  }),
} as const
