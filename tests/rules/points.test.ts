import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pointsFor } from '../../backend/points/rules.ts'
import { nothingBack, planRefund } from '../../backend/refund/rules.ts'

it('each whole yuan of goods brings points, and parts of a yuan bring none', () => {
  expect(pointsFor({ lines: [{ paidFen: 199 }] }, 1)).toBe(1)
  expect(pointsFor({ lines: [{ paidFen: 99 }] }, 5)).toBe(0)
  // Two lines of half a yuan are a whole one.
  expect(pointsFor({ lines: [{ paidFen: 150 }, { paidFen: 150 }] }, 2)).toBe(6)
  expect(pointsFor({ lines: [{ paidFen: 1200 }] }, 0)).toBe(0)
})

const line = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), paidFen: fc.integer({ min: 0, max: 50_000 }) })
const lines = fc.array(line, { minLength: 1, maxLength: 5 })
const feesFen = fc.integer({ min: 0, max: 900 })
const rate = fc.integer({ min: 1, max: 3 })

it('however the money goes back, points never grow by it, and none are left of a wholly refunded order', () => {
  fc.assert(fc.property(lines, feesFen, rate, fc.array(fc.nat(4)), (paid, fees, perYuan, wishes) => {
    const order = {
      totalFen: fees + paid.reduce((sum, line) => sum + line.paidFen, 0),
      lines: paid.map(line => ({ ...line, totalFen: line.paidFen })),
    }
    let back = nothingBack(order)
    let points = pointsFor({ lines: order.lines, back }, perYuan)
    const take = (wish: Parameters<typeof planRefund>[2]) => {
      const plan = planRefund(order, back, wish)
      if (typeof plan === 'string') return
      back = plan.after
      const left = pointsFor({ lines: order.lines, back }, perYuan)
      expect(left).toBeLessThanOrEqual(points)
      expect(left).toBeGreaterThanOrEqual(0)
      points = left
    }
    for (const place of wishes) take({ kind: 'Lines', lines: [{ line: place % paid.length, quantity: 1 }] })
    take({ kind: 'Whole' })
    expect(points).toBe(0)
  }))
})
