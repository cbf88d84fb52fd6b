import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filled, goodsOf, readTemplates, templateIds } from '../../backend/message/rules.ts'
import type { Facts, FactName } from '../../backend/message/rules.ts'
import { findFieldMistake } from '../../emulator/openapi/messageFields.ts'

const facts: Facts = { goods: '蛋挞×1', amount: 1250, pickupNumber: 'A012', orderNumber: 'abc', time: Date.UTC(2026, 0, 1, 16, 5), hint: '请到柜台取餐' }
const one = (key: string, fact: FactName) => filled({ id: 't', fields: { [key]: fact } }, facts)[key]

describe('a template is filled', () => {
  it('with what its keys name, each in the form of its type', () => {
    expect([one('amount1', 'amount'), one('number1', 'amount'), one('thing1', 'amount')]).toEqual(['12.50元', '12.50', '12.50元'])
    expect([one('time1', 'time'), one('character_string1', 'pickupNumber')]).toEqual(['2026-01-02 00:05', 'A012'])
    expect([one('phrase1', 'hint'), one('character_string1', 'goods'), one('phrase1', 'orderNumber')]).toEqual(['请到柜台取', '1', '无'])
  })

  it('also where a key has several digits, or a value nothing that its type takes', () => {
    expect([one('thing12', 'goods'), one('number12', 'amount'), one('character_string34', 'pickupNumber')]).toEqual(['蛋挞×1', '12.50', 'A012'])
    expect([one('number1', 'orderNumber'), one('letter1', 'hint'), one('character_string1', 'hint')]).toEqual(['0', 'A', '-'])
    expect(filled({ id: 't', fields: { thing1: 'goods' } }, { ...facts, goods: ' 蛋挞 ' })).toEqual({ thing1: '蛋挞' })
  })

  it('so that WeChat takes it, whatever people have called their goods', () => {
    const textual = fc.constantFrom('thing', 'character_string', 'phrase', 'letter')
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(fc.property(textual, anything, (type, goods) => {
      const data = filled({ id: 't', fields: { [`${type}1`]: 'goods' } }, { ...facts, goods })
      expect(findFieldMistake({ [`${type}1`]: { value: data[`${type}1`] } })).toBeNull()
    }), { numRuns: 500 })
    fc.assert(fc.property(fc.nat(99_999_999), fc.integer({ min: 0, max: 4e12 }), (amount, time) => {
      const data = filled({ id: 't', fields: { amount1: 'amount', number2: 'amount', time3: 'time', date4: 'time' } }, { ...facts, amount, time })
      expect(findFieldMistake(Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])))).toBeNull()
    }))
  })
})

it('goods are named with their pieces', () => {
  expect(goodsOf([{ name: { zh: '拿铁' }, quantity: 2 }, { name: { zh: '蛋挞' }, quantity: 1 }])).toBe('拿铁×2、蛋挞×1')
})

describe('the setting', () => {
  const paid = { id: 'tmpl-1', fields: { thing1: 'goods' } }

  it('is JSON, and empty means that nobody is told', () => {
    expect([readTemplates(''), readTemplates(' ')]).toEqual([{}, {}])
    const templates = readTemplates(JSON.stringify({ Paid: paid }))
    expect(templateIds(templates, ['Paid', 'Ready'])).toEqual(['tmpl-1'])
    expect(readTemplates(JSON.stringify({ Ready: { id: 'x', fields: { thing12: 'goods' } } }))).toMatchObject({ Ready: { fields: { thing12: 'goods' } } })
  })

  it.each([
    ['no JSON', '{Paid', 'SUBSCRIBE_TEMPLATES is no JSON'],
    ['an occasion that nobody knows', JSON.stringify({ Lost: paid }), 'SUBSCRIBE_TEMPLATES: Lost'],
    ['a fact that nobody knows', JSON.stringify({ Paid: { id: 'x', fields: { thing1: 'weather' } } }), 'SUBSCRIBE_TEMPLATES: Paid.fields.thing1'],
    ['a text', '"Paid"', 'SUBSCRIBE_TEMPLATES: the whole'],
    ['an id with a blank before it', JSON.stringify({ Paid: { ...paid, id: ' x' } }), 'SUBSCRIBE_TEMPLATES: Paid.id'],
    ['an id with a blank behind it', JSON.stringify({ Paid: { ...paid, id: 'x ' } }), 'SUBSCRIBE_TEMPLATES: Paid.id'],
    ['a blank before a key', JSON.stringify({ Paid: { id: 'x', fields: { ' thing1': 'goods' } } }), 'SUBSCRIBE_TEMPLATES: Paid.fields. thing1'],
    ['a blank behind a key', JSON.stringify({ Paid: { id: 'x', fields: { 'thing1 ': 'goods' } } }), 'SUBSCRIBE_TEMPLATES: Paid.fields.thing1 '],
    ['a field that is no key of a template', JSON.stringify({ Paid: { id: 'x', fields: { Thing: 'goods' } } }), 'SUBSCRIBE_TEMPLATES: Paid.fields.Thing'],
  ])('with %s says where the mistake is', (_what, text, says) => {
    expect(() => readTemplates(text)).toThrow(says)
  })
})
