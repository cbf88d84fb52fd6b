import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../scripts/steps/root.ts'
import { remembered } from '../../simulator/plants/caught.ts'
import { plants } from '../../simulator/plants/list.ts'

/** Both gateways are in use in it, and coupons, sizes and portions. */
const changingSeed = 58

function simulate(...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'scripts/run.mjs'), 'simulate', ...flags], { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr: stderr.trim() }
}

it.each([
  [['--seeds', 'many'], '--seeds takes a whole number from 1 on, not "many".'],
  [['--from', '-1.5'], '--from'],
  [['--trace'], '--trace replays one seed: name it with --seed.'],
  [['--plant', 'rose'], 'There is no plant "rose"; --list-plants names them all.'],
  [['--colour'], 'Unknown option \'--colour\''],
])('%j is answered with one clear sentence', (flags, sentence) => {
  const { status, stderr } = simulate(...flags)
  expect(status).toBe(1)
  expect(stderr).toContain(sentence)
  expect(stderr.split('\n')).toHaveLength(1)
})

it('lists the plants, the name first', () => {
  const { status, stdout } = simulate('--list-plants')
  expect(status).toBe(0)
  expect(stdout.trim().split('\n').map(line => line.split(' ')[0])).toEqual(plants.map(({ name }) => name))
})

it('ends with a summary that names what never fired, and exit code 0', () => {
  const { status, stdout } = simulate('--seeds', '2', '--from', '1')
  expect(stdout).toMatch(/2 seeds, \d+ steps in \d+ s: \d+ steps a second/)
  expect(stdout).toMatch(/Never fired: .*\n\nAll promises held\./)
  expect(status).toBe(0)
})

it('ends with the seed, the promise and a trace when one is broken, and exit code 1', () => {
  const { status, stderr } = simulate('--seeds', '1', '--from', String(remembered.oversold), '--plant', 'oversold')
  expect(stderr).toMatch(/Seed \d+ broke .*:\n {2}promise 1: /)
  expect(stderr).toMatch(/All of it: npm run simulate -- --seed \d+ --trace --plant oversold$/)
  expect(status).toBe(1)
})

it('replays a seed step by step, the same every time', () => {
  const [first, second] = [simulate('--seed', '3', '--trace'), simulate('--seed', '3', '--trace')]
  expect(first.stdout.split('\n').length).toBeGreaterThan(1_000)
  expect(second.stdout).toBe(first.stdout)
})

it('shows a day on which the shop changes its gateway: who is asked, who tells, and what customers take', () => {
  const { stdout } = simulate('--seed', String(changingSeed), '--trace')
  const happened = [
    'cloudPay unifiedOrder', 'simulated.wechatpay POST /v3/pay/transactions/jsapi', 'call pay-notify by wx_http',
    'call pay-callback by wx_paycallback', 'simulated.wechatpay POST /v3/refund/domestic/refunds', 'takeCoupon: done', 'quote: done',
  ]
  expect(happened.filter(what => !stdout.includes(what)), 'what is missing in the trace').toEqual([])
})
