// @vitest-environment happy-dom
import { freshPhone } from './support/phone'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { shop } from '@/cloud/call'
import { useScreen } from '@/composables/useScreen'
import { storage } from '@/platform/storage'
import { watchNetwork } from '@/platform/network'
import { cloud, inTurn } from './support/cloud'
import { done } from './support/goods'

vi.mock('@dcloudio/uni-app', async () => (await import('./support/phone')).pageHooks)
vi.mock('@/cloud/transport', async () => ({ transport: (await import('./support/cloud')).cloud.transport }))

function tellNetwork({ isConnected }: { isConnected: boolean }): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isConnected)
  window.dispatchEvent(new Event(isConnected ? 'online' : 'offline'))
}

beforeEach(() => {
  vi.useFakeTimers()
  freshPhone()
  cloud.reset()
  tellNetwork({ isConnected: true })
  watchNetwork()
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => vi.useRealTimers())

function open(kept?: () => 'screenMenu') {
  const seen: { screen?: ReturnType<typeof useScreen<unknown>> } = {}
  const page = mount(defineComponent({ setup() { seen.screen = useScreen<unknown>(() => shop.call('menu', {}), kept); return () => h('div') } }))
  return { screen: seen.screen!, close: () => page.unmount() }
}

const lost = () => { throw new Error('no net') }

describe('a screen on a weak network', () => {
  it('looks again by itself when the network is back, and a little later while it is shaky', async () => {
    cloud.replies.menu = lost
    const { screen, close } = open()
    await screen.load()
    expect(screen.state.value).toBe('failed')
    tellNetwork({ isConnected: false })
    await flushPromises()
    tellNetwork({ isConnected: true })
    await vi.advanceTimersByTimeAsync(0)
    expect(cloud.calls).toHaveLength(2)
    cloud.replies.menu = () => done('tea')
    await vi.advanceTimersByTimeAsync(1_000)
    expect([screen.state.value, screen.value.value]).toEqual(['filled', 'tea'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.calls).toHaveLength(3)
    close()
  })

  it('gives up after a while, and asks nothing for a page that is gone', async () => {
    cloud.replies.menu = lost
    const { screen, close } = open()
    await screen.load()
    tellNetwork({ isConnected: false })
    await flushPromises()
    tellNetwork({ isConnected: true })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.calls).toHaveLength(6)
    tellNetwork({ isConnected: false })
    await flushPromises()
    close()
    tellNetwork({ isConnected: true })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(cloud.calls).toHaveLength(6)
  })

  it('shows at once what it showed last, and then what is new', async () => {
    cloud.replies.menu = inTurn(done('yesterday'), done('today'))
    const first = open(() => 'screenMenu')
    expect(first.screen.state.value).toBe('loading')
    await first.screen.load()
    first.close()
    const second = open(() => 'screenMenu')
    expect([second.screen.state.value, second.screen.value.value]).toEqual(['filled', 'yesterday'])
    await second.screen.load()
    expect(second.screen.value.value).toBe('today')
    second.close()
  })

  it('forgets what another build has kept', () => {
    storage.write('screenMenu', { shapes: 'older', value: 'stale' })
    const { screen, close } = open(() => 'screenMenu')
    expect(screen.value.value).toBeNull()
    close()
  })

  it('waits a quarter of a minute for an answer, and says then that the network is slow', async () => {
    cloud.replies.menu = () => new Promise(() => undefined)
    const asked = shop.call('menu', {})
    await vi.advanceTimersByTimeAsync(15_000)
    expect(await asked).toMatchObject({ kind: 'broken', code: 'TimedOut' })
  })
})
