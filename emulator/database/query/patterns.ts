import type { BSONRegExp } from 'bson'
import { tagOf } from '../bsonTypes.ts'
import { refused } from '../failures.ts'

/** True for a regular expression, as EJSON has them. */
export function isPattern(value: unknown): value is BSONRegExp {
  return tagOf(value) === 'BSONRegExp'
}

/** Makes a JavaScript pattern of one of the database. Refuses what cannot be read as a pattern. */
export function compilePattern({ pattern, options }: Pick<BSONRegExp, 'pattern' | 'options'>): RegExp {
  const [, inline = ''] = /^\(\?([imsx]+)\)/.exec(pattern) ?? []
  const all = options + inline
  const bare = inline ? pattern.slice(inline.length + 3) : pattern
  const source = all.includes('x') ? withoutLayout(bare) : bare
  const flags = [...new Set(all.replace(/[^ims]/g, ''))].join('')
  try {
    return compileByCodePoints(source, flags)
  } catch (error) {
    throw refused(`Regular expression is invalid: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The database reads UTF-8, so that a dot is a whole emoji. JavaScript is stricter in that mode: `\-` is an error there. */
function compileByCodePoints(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    return new RegExp(source, flags)
  }
}

/** What the option `x` leaves out: blanks and comments, but for those in a class and after a backslash. */
function withoutLayout(source: string): string {
  return source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\s+|#.*/gs, part => /^(?:\s|#)/.test(part) ? '' : part)
}
