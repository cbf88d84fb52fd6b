import { beforeAll, describe, expect, test } from 'vitest'
import { until } from '../harness.ts'
import type { Recording } from './recordings.ts'
import { recordings } from './recordings.ts'
import { SDKS } from './sdkCloud.ts'
import type { Outcome, Replay } from './sdkReplay.ts'
import { numberOf, startReplay } from './sdkReplay.ts'

type Fields = Record<string, unknown>

/**
 * The three recordings that contradict the documented service, for the reasons that `replay.test.ts` gives. What the SDK
 * sends is compared all the same; the answers are those of the documented service.
 */
const DUPLICATE_PHONE = '009'
const PLAIN_WRITE = '073'
const COMMIT = '074'

/** What comes from the place where the SDK runs and not from the call. 3.0.4 numbers its calls in `eventId`, in the address too. */
const SURROUNDINGS = ['wxCloudApiToken', 'wxCloudbaseAccesstoken', 'tcb_sessionToken', 'sessionToken', 'crossAuthorizationToken', 'eventId']

function bodyOf(body: Fields): Fields {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !SURROUNDINGS.includes(field)))
}

function pathOf(url: string | undefined): string {
  return new URL(url ?? '', 'http://localhost').pathname
}

async function replayAll(sdk: typeof SDKS[number]): Promise<Replay> {
  const replay = await startReplay(sdk)
  let waiting: Promise<void> | undefined
  for (const recording of recordings) {
    const number = numberOf(recording.name)
    if (number === DUPLICATE_PHONE) continue
    const performing = replay.perform(recording)
    if (number === PLAIN_WRITE) {
      waiting = performing
      await until(() => replay.cloud.exchanges.at(-1)?.body.transactionId === undefined)
    } else {
      await performing
    }
    if (number === COMMIT) await waiting
  }
  await replay.cloud.stop()
  return replay
}

/** A shop in which every user has a phone, and no two the same. */
async function replayDuplicatePhone(sdk: typeof SDKS[number]): Promise<Replay> {
  const replay = await startReplay(sdk, {
    collections: [{ name: 'users', indexes: [{ name: 'phone', unique: true, keys: [{ field: 'phone', direction: 'asc' }] }] }],
  })
  for (const number of ['005', DUPLICATE_PHONE]) await replay.perform(find(number))
  await replay.cloud.stop()
  return replay
}

function find(number: string): Recording {
  const recording = recordings.find(({ name }) => numberOf(name) === number)
  if (!recording) throw new Error(`There is no recording ${number}.`)
  return recording
}

describe.each(SDKS)('a function with %s', (sdk) => {
  let replay: Replay
  let duplicate: Replay

  beforeAll(async () => {
    replay = await replayAll(sdk)
    duplicate = await replayDuplicatePhone(sdk)
  })

  function outcomeOf({ name }: Recording): Outcome {
    const outcome = (numberOf(name) === DUPLICATE_PHONE ? duplicate : replay).outcomes.get(numberOf(name))
    if (!outcome) throw new Error(`${name} was not replayed.`)
    return outcome
  }

  test('sends one request a call', () => {
    expect(replay.cloud.exchanges).toHaveLength(recordings.length - 1)
    expect(duplicate.cloud.exchanges).toHaveLength(2)
  })

  test.each(recordings)('sends $name as it was recorded', (recording) => {
    const { method, url, contentType, body } = outcomeOf(recording).sent
    expect(bodyOf(body)).toEqual(bodyOf(recording.request.body))
    expect({ method, contentType, path: pathOf(url) }).toEqual({
      method: recording.request.method, contentType: recording.request.contentType, path: pathOf(recording.request.url),
    })
  })

  test.each(recordings.filter(({ name }) => numberOf(name) !== COMMIT))('sees what the recorded answer to $name means', (recording) => {
    const { code, message } = recording.response.body
    const { seen } = outcomeOf(recording)
    if (code === undefined) expect(seen).toEqual(replay.sees(recording))
    else expect(seen).toMatchObject({ message: expect.stringContaining(String(message)) })
  })

  test('sees the commit 074 succeed, since the plain write 073 waits for it', () => {
    expect(outcomeOf(find(COMMIT)).seen).toMatchObject({ committed: 1 })
    expect(outcomeOf(find('076')).seen).toMatchObject({ data: { n: 50 } })
  })

  test.each([
    ['002', sdk === 'wx-server-sdk' ? -1 : -501001, 'createCollection:fail'],
    ['008', -502001, 'E11000'],
    ['009', -502001, 'E11000'],
    ['010', -502005, 'Db or Table not exist: nope'],
    ['082', -501001, 'TransactionConflict'],
  ])('knows the refusal %s by the number %i', (number, errCode, text) => {
    expect(outcomeOf(find(number)).seen).toMatchObject({ errCode, message: expect.stringContaining(text) })
  })
})
