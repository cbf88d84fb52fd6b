import { isOperatorObject } from '../bsonTypes.ts'
import type { Document } from '../document.ts'
import { cloneValue, isPlainObject } from '../document.ts'
import { refused, refusing } from '../failures.ts'
import { assertStorable } from '../limits.ts'
import { sameValue } from '../order.ts'
import { compileQuery } from '../query/match.ts'
import type { PathValue } from '../query/paths.ts'
import { arrayOperators } from './arrays.ts'
import { fieldOperators } from './fields.ts'
import type { Step } from './plan.ts'
import { planOf } from './plan.ts'
import { concretePaths } from './positional.ts'
import type { Draft } from './target.ts'
import { write } from './target.ts'

/** What update operators make of documents. Neither changes what it is given. */
export interface Update {
  /** A document that the query found, after the update. */
  updated(document: Document): Document
  /** The document that an upsert inserts when the query finds none. */
  inserted(id: unknown): Document
}

/** Reads update operators once for any number of documents. Refuses what the database would refuse for every document. */
export function compileUpdate(operators: Document, query: Document, nowMs: number): Update {
  const plan = planOf(operators)
  const plain = plan.filter(({ operator }) => operator !== '$setOnInsert')
  const positional = plan.some(({ path }) => path.includes('$'))
  const test = positional ? compileQuery(query) : null
  return {
    updated: (document) => {
      const matched: PathValue[] = []
      test?.(document, matched)
      return applied(document, plain, matched, nowMs)
    },
    inserted: id => applied({ _id: id, ...equalFields(query), ...id !== undefined && { _id: id } }, plan, [], nowMs),
  }
}

/** A whole new document in the place of an old one. */
export function replaced(id: unknown, replacement: Document): Document {
  const { _id: _replacedId, ...fields } = replacement
  const after = { _id: id, ...fields }
  assertStorable(after)
  return after
}

function applied(document: Document, plan: readonly Step[], matched: readonly PathValue[], nowMs: number): Document {
  const draft = cloneValue(document) as Draft
  refusing(() => {
    for (const step of plan) applyStep(draft, step, matched, nowMs)
  })
  if (!sameValue(draft._id, document._id)) throw refused('Performing an update on the path \'_id\' would modify the immutable field \'_id\'')
  assertStorable(draft)
  return draft
}

function applyStep(draft: Draft, step: Step, matched: readonly PathValue[], nowMs: number): void {
  const apply = fieldOperators[step.operator] ?? arrayOperators[step.operator]
  if (!apply) throw refused(`Unknown modifier: ${step.operator}`)
  if (step.operator === '$rename') return apply(draft, step, nowMs)
  for (const path of concretePaths(draft, step.path, matched)) {
    // Each place gets its own copy, so that a later update of one leaves the others alone.
    apply(draft, { ...step, path, argument: cloneValue(step.argument) }, nowMs)
  }
}

/** The fields that a query says are equal to something: an upsert begins with them. */
function equalFields(query: Document): Document {
  const fields: Draft = {}
  for (const [field, wanted] of Object.entries(query)) {
    if (field === '$and' && Array.isArray(wanted)) {
      for (const part of wanted) if (isPlainObject(part)) Object.assign(fields, equalFields(part))
    } else if (!field.startsWith('$')) {
      const value = isOperatorObject(wanted) ? wanted.$eq : wanted
      if (value !== undefined) write(fields, field.split('.'), cloneValue(value))
    }
  }
  return fields
}
