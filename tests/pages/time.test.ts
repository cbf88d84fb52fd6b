// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { en } from '@/locales/en'
import { formatClock, formatMoment, formatRemaining, hourOf } from '@/locales/time'
import { zh } from '@/locales/zh'

const noonInBeijing = Date.UTC(2024, 4, 1, 4, 0)

it('shows the clock of the shop, wherever the phone is', () => {
  expect(formatClock(noonInBeijing)).toBe('12:00')
  expect(hourOf(noonInBeijing)).toBe(12)
})

it('names today as today, also across midnight in London', () => {
  const lateInBeijing = Date.UTC(2024, 4, 1, 15, 59)
  const nextMinuteInBeijing = Date.UTC(2024, 4, 1, 16, 1)
  expect(formatMoment(noonInBeijing, lateInBeijing, zh)).toBe('今天 12:00')
  expect(formatMoment(noonInBeijing, nextMinuteInBeijing, zh)).toBe('5月1日 12:00')
  expect(formatMoment(noonInBeijing, nextMinuteInBeijing, en)).toBe('1 May, 12:00')
})

it('counts down to nothing and stops there', () => {
  expect(formatRemaining(65_000, 0)).toBe('1:05')
  expect(formatRemaining(1, 0)).toBe('0:01')
  expect(formatRemaining(0, 60_000)).toBe('0:00')
})
