import { rmSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { writeFixture } from './fixture.ts'
import { openPhone } from './phone.ts'

const buildDir = writeFixture()
const openServers = () => process.getActiveResourcesInfo().filter(name => name === 'TCPServerWrap').length

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(buildDir, { recursive: true })
})

it('a phone whose browser does not start leaves no server behind', async () => {
  const before = openServers()
  // Any program that is no browser will do.
  vi.stubEnv('CHROMIUM', process.execPath)
  await expect(openPhone({ buildDir, cloudUrl: 'http://127.0.0.1:9', person: 'alice' })).rejects.toThrow('launch')
  await vi.waitFor(() => expect(openServers()).toBe(before))
})
