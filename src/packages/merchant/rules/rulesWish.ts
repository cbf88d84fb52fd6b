import { overlappingDays } from '@contracts/clock.ts'
import { feeFenMax, goalFenMax, pointsMax, rangeMetersMax, serviceMax, storePhonePattern } from '@contracts/storeRules.ts'
import { countOf, fenOf, hundredthsOf } from '../typed'
import type { Localized } from '@contracts/catalog.ts'
import type { StoreRules } from '@contracts/storeRules.ts'
import type { Messages } from '@/locales/zh'
import type { PackingDraft, RulesDraft } from './rulesDraft'

export type RuleProblem = keyof Messages['storeRules']['problems']
/** What is wrong, by the field beside which it is said: `lastOrder`, `takeAway.setFee`, `tiers.0.km`. */
export type RuleProblems = Record<string, RuleProblem>

/** What is said beside a field; empty while nothing is wrong with it. */
export const problemText = (problem: RuleProblem | undefined, t: Messages): string => problem ? t.storeRules.problems[problem] : ''

/** The cards of the page, in their order, and the fields that stand in each: by the beginning of their names. */
const fieldsOfCards = {
  hours: ['week', 'lastOrder'],
  taking: ['prepare', 'slotPoints', 'pauseAbove', 'daysAhead'],
  dining: ['perPerson', 'service'],
  takeAway: ['takeAway'],
  delivery: ['delivery', 'tiers', 'minimum', 'freeFrom'],
  members: ['points'],
  contact: ['phone', 'address'],
} as const
export type RuleCardName = keyof typeof fieldsOfCards

/** The cards in which something is wrong. */
export const cardsToMend = (problems: RuleProblems): RuleCardName[] =>
  (Object.keys(fieldsOfCards) as RuleCardName[]).filter(card =>
    fieldsOfCards[card].some(name => Object.keys(problems).some(field => field.startsWith(name))))

const feeOf = (text: string): number | null => upTo(fenOf(text), feeFenMax)
const goalOf = (text: string): number | null => upTo(fenOf(text), goalFenMax)
const upTo = (value: number | null, max: number): number | null => value !== null && value <= max ? value : null

/** `1.5` kilometres are 1500 meters; null when it is no distance that somebody drives. */
export function metersOf(text: string): number | null {
  const hundredths = hundredthsOf(text)
  return hundredths !== null && hundredths >= 10 && hundredths * 10 <= rangeMetersMax ? hundredths * 10 : null
}

/** What was left empty is nothing. */
const orNothing = (text: string, read: (text: string) => number | null): number | null => text.trim() === '' ? 0 : read(text)

/** Keeps the fields that are wrong. */
function wrong(checks: Record<string, [isRight: boolean, problem: RuleProblem]>): RuleProblems {
  return Object.fromEntries(Object.entries(checks).flatMap(([field, [isRight, problem]]) => isRight ? [] : [[field, problem]]))
}

/** What is wrong with the rules; nothing when they can be saved. */
export function problemsOf(draft: RulesDraft): RuleProblems {
  return {
    ...takingProblems(draft),
    ...diningProblems(draft),
    ...draft.ways.includes('TakeAway') ? packingProblems('takeAway', draft.takeAway) : {},
    ...draft.ways.includes('Delivery') ? { ...packingProblems('delivery', draft.delivery), ...deliveryProblems(draft) } : {},
    ...wrong({
      points: [countOf(draft.points, 0, pointsMax) !== null, 'points'],
      phone: [storePhonePattern.test(draft.phone.trim()), 'phone'],
      address: [draft.address.zh.trim() !== '', 'address'],
    }),
  }
}

function takingProblems({ week, lastOrder, prepare, countsKitchen, slotPoints, pauseAbove, daysAhead }: RulesDraft): RuleProblems {
  return {
    ...wrong({
      week: [overlappingDays(week).length === 0, 'overlap'],
      lastOrder: [countOf(lastOrder, 0, 180) !== null, 'lastOrder'],
      prepare: [countOf(prepare, 5, 180) !== null, 'prepare'],
      daysAhead: [countOf(daysAhead, 0, 7) !== null, 'daysAhead'],
    }),
    ...countsKitchen
      ? wrong({
          slotPoints: [countOf(slotPoints, 1, 500) !== null, 'slotPoints'],
          pauseAbove: [pauseAbove.trim() === '' || countOf(pauseAbove, 10, 240) !== null, 'pauseAbove'],
        })
      : {},
  }
}

const chargeOf = (text: string): number | null => orNothing(text, given => upTo(hundredthsOf(given), serviceMax))

function diningProblems({ ways, pay, perPerson, service }: RulesDraft): RuleProblems {
  if (pay !== 'Later' || !ways.includes('DineIn')) return {}
  return wrong({ perPerson: [orNothing(perPerson, feeOf) !== null, 'amount'], service: [chargeOf(service) !== null, 'service'] })
}

function packingProblems(way: string, { packaging, packagingFee, asksUtensils, freeSets, setFee }: PackingDraft): RuleProblems {
  return {
    ...packaging === 'None' ? {} : wrong({ [`${way}.packagingFee`]: [!!feeOf(packagingFee), 'amount'] }),
    ...asksUtensils
      ? wrong({ [`${way}.freeSets`]: [countOf(freeSets, 0, 20) !== null, 'sets'], [`${way}.setFee`]: [feeOf(setFee) !== null, 'amount'] })
      : {},
  }
}

function deliveryProblems(draft: RulesDraft): RuleProblems {
  const freeFrom = wrong({ freeFrom: [orNothing(draft.freeFrom, goalOf) !== null, 'goal'] })
  if (draft.deliveryKind === 'Fixed') return { ...freeFrom, ...wrong({ deliveryFee: [feeOf(draft.deliveryFee) !== null, 'amount'] }) }
  return { ...tierProblems(draft), ...freeFrom, ...wrong({ minimum: [orNothing(draft.minimum, goalOf) !== null, 'goal'] }) }
}

function tierProblems({ tiers }: RulesDraft): RuleProblems {
  const meters = tiers.map(({ km }) => metersOf(km))
  const isFurther = (index: number) => index === 0 || (meters[index] ?? Infinity) > (meters[index - 1] ?? 0)
  return Object.assign({}, ...tiers.map(({ fee }, index) => ({
    ...wrong({ [`tiers.${index}.km`]: [isFurther(index), 'order'] }),
    ...wrong({ [`tiers.${index}.km`]: [meters[index] !== null, 'km'], [`tiers.${index}.fee`]: [feeOf(fee) !== null, 'amount'] }),
  }))) as RuleProblems
}

/** Where English was left out, it is the Chinese. */
export const inBoth = ({ zh, en }: Localized): Localized => ({ zh: zh.trim(), en: en.trim() || zh.trim() })

/**
 * What is sent; null while something is wrong. What is switched off is not sent, but for the fees of delivery, which wait for
 * the next time.
 */
export function wishOf(draft: RulesDraft, resting: StoreRules['resting']): StoreRules | null {
  if (Object.keys(problemsOf(draft)).length > 0) return null
  return {
    resting,
    week: draft.week,
    closedDays: draft.closedDays,
    lastOrderMinutes: Number(draft.lastOrder),
    isAutoAccepted: draft.isAutoAccepted,
    slots: {
      everyMinutes: Number(draft.every) as 15, prepareMinutes: Number(draft.prepare), daysAhead: Number(draft.daysAhead),
      mayPreorder: draft.mayPreorder,
    },
    kitchen: draft.countsKitchen
      ? { slotPoints: Number(draft.slotPoints), pauseAboveMinutes: draft.pauseAbove.trim() === '' ? null : Number(draft.pauseAbove) }
      : null,
    dining: diningOf(draft),
    ownTables: draft.ownTables,
    pointsPerYuan: Number(draft.points),
    ways: draft.ways,
    takeAway: packingOf(draft.takeAway),
    delivery: { ...packingOf(draft.delivery), fee: deliveryOf(draft) },
    phone: draft.phone.trim(),
    address: inBoth(draft.address),
    place: draft.place,
    notice: inBoth(draft.notice),
  }
}

function diningOf({ pay, opens, perPerson, service }: RulesDraft): StoreRules['dining'] {
  if (pay === 'Alone') return null
  if (pay === 'First') return { pay, opens, perPersonFen: 0, serviceBasisPoints: 0 }
  // Where nobody eats in, what is not right is left out.
  return { pay, opens, perPersonFen: orNothing(perPerson, feeOf) ?? 0, serviceBasisPoints: chargeOf(service) ?? 0 }
}

/** Of a way that is switched off, what is not right is left out. */
function packingOf({ packaging, packagingFee, asksUtensils, freeSets, setFee }: PackingDraft): StoreRules['takeAway'] {
  const [feeFen, sets, setFeeFen] = [feeOf(packagingFee), countOf(freeSets, 0, 20), feeOf(setFee)]
  return {
    packaging: packaging === 'None' || !feeFen ? null : { per: packaging, feeFen },
    utensils: !asksUtensils || sets === null || setFeeFen === null ? null : { freeSets: sets, feeFen: setFeeFen },
  }
}

/** Nobody who has never delivered is given fees that only stood there as a beginning. */
function deliveryOf(draft: RulesDraft): StoreRules['delivery']['fee'] {
  if (!draft.hasDelivery && !draft.ways.includes('Delivery')) return null
  if (Object.keys(deliveryProblems(draft)).length > 0) return null
  const freeFromFen = orNothing(draft.freeFrom, goalOf) || null
  if (draft.deliveryKind === 'Fixed') return { kind: 'Fixed', feeFen: feeOf(draft.deliveryFee)!, freeFromFen }
  const tiers = draft.tiers.map(({ km, fee }) => ({ uptoMeters: metersOf(km)!, feeFen: feeOf(fee)! }))
  return { kind: 'Distance', tiers, minimumFen: orNothing(draft.minimum, goalOf)!, freeFromFen }
}
