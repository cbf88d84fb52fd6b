import { readJsonObject } from '../http/body.ts'
import { Refusal } from '../http/refusal.ts'
import { sendJson } from '../http/router.ts'
import type { Route } from '../http/router.ts'
import type { Database } from './database.ts'

/**
 * `POST /manage/database/explain`: how a query or an aggregation is carried out.
 *
 * Takes `{collectionName, query, order, limit}` or `{collectionName, stages}` with plain objects, dates and the like as
 * EJSON. Answers `{index, scanned, returned, sorted}`.
 */
export function databaseManageRoutes(database: Pick<Database, 'answer'>): Route[] {
  return [{
    method: 'POST',
    path: '/manage/database/explain',
    loopbackOnly: true,
    handle: async ({ request, response }) => {
      const { query, order, stages, ...rest } = await readJsonObject(request)
      const answer = await database.answer({
        ...rest,
        ...(query !== undefined && { query: JSON.stringify(query) }),
        ...(order !== undefined && { order: JSON.stringify(order) }),
        ...(stages !== undefined && { stages: wiredStages(stages) }),
        action: 'database.explain',
      })
      if (answer.code !== undefined) throw new Refusal(400, `${answer.code}: ${answer.message}`)
      sendJson(response, answer.data)
    },
  }]
}

/** A pipeline of `{$match: …}` in the form of the SDK. */
function wiredStages(stages: unknown): object[] {
  if (!Array.isArray(stages)) throw new Refusal(400, 'stages must be a list such as [{"$match": {"n": 1}}].')
  return stages.flatMap((stage: unknown) => Object.entries(Object(stage) as object))
    .map(([stageKey, value]) => ({ stageKey, stageValue: JSON.stringify(value) }))
}
