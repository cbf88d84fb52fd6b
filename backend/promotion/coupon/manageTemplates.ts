import { createHash } from 'node:crypto'
import type { CodeOf, OutputOf, ParsedOf } from '../../../contracts/action.ts'
import type { MerchantActions } from '../../../contracts/merchant.ts'
import { done, refused } from '../../../contracts/outcome.ts'
import type { Outcome } from '../../../contracts/outcome.ts'
import { atMost, below } from '../../database.ts'
import type { Where } from '../../database.ts'
import { assertMove } from '../../machine.ts'
import { sortKeyOf } from '../../order/rules.ts'
import type { World } from '../../ports.ts'
import { couponTemplateMachine } from './rules.ts'
import { templateOf, templates, viewTemplate } from './templates.ts'
import type { CouponTemplateDocument } from './templates.ts'

type Input = ParsedOf<MerchantActions['saveCouponTemplate']>
type Answer = Outcome<OutputOf<MerchantActions['saveCouponTemplate']>, CodeOf<MerchantActions['saveCouponTemplate']>>

const PAGE = 20

/** Makes a template, one for a person and requestId, or changes one. Coupons that were taken keep their terms. */
export async function saveCouponTemplate(world: World, input: Input, by: { openid: string }): Promise<Answer> {
  const { requestId, templateId, ...fields } = input
  if (templateId !== undefined) return changeTemplate(world, templateId, fields)
  const _id = createHash('sha256').update(`${by.openid}\n${requestId}`).digest('hex').slice(0, 24)
  const nowMs = world.clock.nowMs()
  const template: CouponTemplateDocument = {
    _id, storeId: world.settings.mainStoreId, ...fields,
    takenCount: 0, claims: [], state: 'Open', revision: 1, createdAtMs: nowMs, sortKey: sortKeyOf(nowMs, _id),
  }
  await templates(world).add(template)
  return answer(world, _id)
}

type Fields = Omit<Input, 'requestId' | 'templateId'>

async function changeTemplate(world: World, templateId: string, fields: Fields): Promise<Answer> {
  const template = await templateOf(world, templateId)
  if (!template) return refused('CouponUnknown')
  if (template.state !== 'Open') return refused('CouponStopped')
  const enough: Where = fields.totalMax === null ? {} : { takenCount: atMost(fields.totalMax) }
  const changed = await templates(world).changeIf(templateId, { state: 'Open', ...enough }, { set: fields, inc: { revision: 1 } })
  if (changed) return answer(world, templateId)
  const now = await templateOf(world, templateId)
  return refused(now?.state === 'Open' ? 'LimitBelowTaken' : 'CouponStopped')
}

/** Hands out no more of a template. Stopping twice is no error. */
export async function stopCouponTemplate(world: World, input: { templateId: string }) {
  const template = await templateOf(world, input.templateId)
  if (!template) return refused('CouponUnknown')
  if (template.state === 'Open') {
    assertMove(couponTemplateMachine, 'Open', 'Stopped')
    await templates(world).changeIf(template._id, { state: 'Open' }, { set: { state: 'Stopped' }, inc: { revision: 1 } })
  }
  return done(viewTemplate({ ...template, state: 'Stopped' }))
}

/** The store's templates, newest first. */
export async function listTemplates(world: World, input: { cursor?: string }) {
  const found = await templates(world).find({
    where: { storeId: world.settings.mainStoreId, ...(input.cursor === undefined ? {} : { sortKey: below(input.cursor) }) },
    sort: ['sortKey', 'desc'], limit: PAGE + 1,
  })
  const shown = found.slice(0, PAGE)
  return done({ templates: shown.map(viewTemplate), nextCursor: found.length > PAGE ? shown.at(-1)!.sortKey : null })
}

async function answer(world: World, templateId: string): Promise<Answer> {
  const template = await templateOf(world, templateId)
  if (!template) throw new Error(`Coupon template ${templateId} vanished while it was saved.`)
  return done(viewTemplate(template))
}
