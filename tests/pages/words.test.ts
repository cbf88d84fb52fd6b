// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { failureText } from '@/locales/failure'
import { en } from '@/locales/en'
import { zh } from '@/locales/zh'
import { merchantActions } from '@contracts/merchant.ts'
import { shopActions } from '@contracts/shop.ts'
import type { Failure } from '@/cloud/call'

type Texts = { [name: string]: unknown }

/** Any name, number or word a text may be given. */
const anything = new Proxy({}, { get: (_, name) => name === 'zh' ? '' : 7 })

function* leaves(texts: Texts, path = ''): Generator<[string, string]> {
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text === 'function') yield [`${path}${name}`, String((text as (p: unknown) => string)(anything))]
    else if (typeof text === 'string') yield [`${path}${name}`, text]
    else yield* leaves(text as Texts, `${path}${name}.`)
  }
}

// A function may lower-case what it is given, so numbers stand in only where that is harmless.
const readable = (texts: Texts) => [...leaves({ ...texts, goods: { ...(texts.goods as Texts), missing: '' } })]

it('has every text in both languages', () => {
  expect(readable(en).map(([name]) => name)).toEqual(readable(zh).map(([name]) => name))
})

it('speaks no Chinese to those who chose English', () => {
  for (const [name, text] of readable(en)) expect(text, name).not.toMatch(/[\u4e00-\u9fff：，。、]/)
})

it('never shouts about an error', () => {
  for (const texts of [zh, en]) {
    for (const [name, text] of leaves(texts.failures)) expect(text, name).not.toMatch(/[!！]/)
  }
})

it('has words of its own for every code a door may answer', () => {
  const codes = [shopActions, merchantActions].flatMap(actions => Object.values(actions).flatMap(action => [...action.codes]))
  for (const code of new Set(codes)) {
    const failure: Failure = { ok: false, kind: 'refused', code, detail: { totalFen: 100 } }
    for (const texts of [zh, en]) expect(failureText(failure, texts), code).not.toBe(texts.failures.other)
  }
})
