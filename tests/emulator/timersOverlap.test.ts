import { expect, it } from 'vitest'
import { makeFunctionFolder } from './functionFolder.ts'
import { startTestEmulator, until } from './harness.ts'

it('A timer fires at its time although its run before has not ended', async () => {
  const folder = await makeFunctionFolder({
    'tick/index.js': 'exports.main = () => new Promise(resolve => setTimeout(resolve, 2_500))',
    'tick/config.json': { timeout: 20, triggers: [{ name: 'every-second', type: 'timer', config: '* * * * * * *' }] },
  })
  const emulator = await startTestEmulator({ functionsDir: folder.path, timers: true })
  await until(() => emulator.invocations().filter(({ endedAtMs }) => endedAtMs === null).length >= 2)
  await until(() => emulator.invocations().filter(({ endedAtMs }) => endedAtMs !== null).length >= 2)
  expect(emulator.invocations().map(({ failure, source }) => [failure, source])).toEqual(emulator.invocations().map(() => [null, 'wx_trigger']))
  await emulator.dispose()
  await folder.dispose()
})
