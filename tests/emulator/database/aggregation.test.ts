import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Aggregate, Cloud, CloudDatabase, Command, Fields } from './sdkClient.ts'
import { EXPRESSIONS, openCloud, SDKS } from './sdkClient.ts'

type Expressions = Command['aggregate']
type Expression = ($: Expressions) => unknown

const AT = new Date('2024-12-30T22:05:06.007Z')
const SHANGHAI = 'Asia/Shanghai'

const DOCUMENT: Fields = {
  _id: 'one', n: 7, half: -2.5, text: '面包 Bread', none: null, list: [3, 1, 2], lines: [{ n: 1, s: 'a' }, { n: 2 }], at: AT, object: { x: 1, y: 'z' },
  flags: [true, 0], empty: [], emoji: 'a😀b',
}

/** One value for each operator of `db.command.aggregate`, and more where the edges matter. */
const VALUES: [name: typeof EXPRESSIONS[number], expression: Expression, expected: unknown][] = [
  ['abs', $ => $.abs('$half'), 2.5],
  ['abs', $ => $.abs('$nope'), null],
  ['add', $ => $.add(['$n', 1, 0.5]), 8.5],
  ['add', $ => $.add(['$at', 1_000]), new Date(AT.getTime() + 1_000)],
  ['add', $ => $.add(['$n', null]), null],
  ['ceil', $ => $.ceil('$half'), -2],
  ['divide', $ => $.divide(['$n', 2]), 3.5],
  ['exp', $ => $.exp(0), 1],
  ['floor', $ => $.floor('$half'), -3],
  ['ln', $ => $.ln($.exp(2)), 2],
  ['log', $ => $.log([8, 2]), 3],
  ['log10', $ => $.log10(1_000), 3],
  ['mod', $ => $.mod([-7, 3]), -1],
  ['multiply', $ => $.multiply(['$n', 2, 0.5]), 7],
  ['multiply', $ => $.multiply(['$n', -0.0]), 0],
  ['pow', $ => $.pow([2, 10]), 1_024],
  ['sqrt', $ => $.sqrt(49), 7],
  ['subtract', $ => $.subtract(['$n', 10]), -3],
  ['subtract', $ => $.subtract(['$at', new Date(AT.getTime() - 500)]), 500],
  ['subtract', $ => $.subtract(['$at', 500]), new Date(AT.getTime() - 500)],
  ['trunc', $ => $.trunc('$half'), -2],
  ['arrayElemAt', $ => $.arrayElemAt(['$list', 0]), 3],
  ['arrayElemAt', $ => $.arrayElemAt(['$list', -1]), 2],
  ['arrayElemAt', $ => $.arrayElemAt(['$list', 9]), undefined],
  ['arrayToObject', $ => $.arrayToObject([[['a', 1], ['b', 2]]]), { a: 1, b: 2 }],
  ['arrayToObject', $ => $.arrayToObject([[{ k: 'a', v: 1 }]]), { a: 1 }],
  ['concatArrays', $ => $.concatArrays(['$list', [9]]), [3, 1, 2, 9]],
  ['concatArrays', $ => $.concatArrays(['$list', '$nope']), null],
  ['filter', $ => $.filter({ input: '$list', as: 'item', cond: $.gte(['$$item', 2]) }), [3, 2]],
  ['in', $ => $.in([2, '$list']), true],
  ['in', $ => $.in([[2], '$list']), false],
  ['indexOfArray', $ => $.indexOfArray(['$list', 2]), 2],
  ['indexOfArray', $ => $.indexOfArray(['$list', 3, 1]), -1],
  ['isArray', $ => $.isArray('$list'), true],
  ['isArray', $ => $.isArray('$n'), false],
  ['map', $ => $.map({ input: '$list', as: 'item', in: $.multiply(['$$item', '$n']) }), [21, 7, 14]],
  ['range', $ => $.range([0, 10, 4]), [0, 4, 8]],
  ['range', $ => $.range([3, 0, -1]), [3, 2, 1]],
  ['reduce', $ => $.reduce({ input: '$list', initialValue: '', in: $.concat(['$$value', '-', $.substr(['$$this', 0, -1])]) }), '-3-1-2'],
  ['reverseArray', $ => $.reverseArray('$list'), [2, 1, 3]],
  ['size', $ => $.size('$list'), 3],
  ['slice', $ => $.slice(['$list', 2]), [3, 1]],
  ['slice', $ => $.slice(['$list', -2]), [1, 2]],
  ['slice', $ => $.slice(['$list', 1, 1]), [1]],
  ['zip', $ => $.zip({ inputs: ['$list', ['a', 'b']] }), [[3, 'a'], [1, 'b']]],
  ['zip', $ => $.zip({ inputs: ['$list', ['a']], useLongestLength: true, defaults: [0, '?'] }), [[3, 'a'], [1, '?'], [2, '?']]],
  ['and', $ => $.and(['$n', $.gt(['$n', 5])]), true],
  ['and', $ => $.and(['$n', '$none']), false],
  ['not', $ => $.not(['$none']), true],
  ['or', $ => $.or(['$none', '$nope', 0]), false],
  ['cmp', $ => $.cmp(['$n', 'text']), -1],
  ['cmp', $ => $.cmp(['\u{1F600}', '\uFF5E']), 1],
  ['eq', $ => $.eq(['$object', { x: 1, y: 'z' }]), true],
  ['eq', $ => $.eq(['$object', { y: 'z', x: 1 }]), false],
  ['eq', $ => $.eq(['$none', '$nope']), false],
  ['gt', $ => $.gt(['text', 5]), true],
  ['gte', $ => $.gte(['$n', 7]), true],
  ['lt', $ => $.lt(['$nope', null]), true],
  ['lte', $ => $.lte(['$n', 6]), false],
  ['neq', $ => $.neq(['$n', 7]), false],
  ['cond', $ => $.cond({ if: $.gt(['$n', 5]), then: 'many', else: 'few' }), 'many'],
  ['cond', $ => $.cond(['$none', 'many', 'few']), 'few'],
  ['ifNull', $ => $.ifNull(['$none', 'x']), 'x'],
  ['switch', $ => $.switch({ branches: [{ case: $.lt(['$n', 5]), then: 'a' }, { case: $.eq(['$n', 7]), then: 'b' }], default: 'c' }), 'b'],
  ['dateFromParts', $ => $.dateFromParts({ year: 2024, month: 2, day: 30 }), new Date('2024-03-01')],
  ['dateFromParts', $ => $.dateFromParts({ year: 2024, month: 1, day: 1, hour: 8, timezone: SHANGHAI }), new Date('2024-01-01T00:00:00Z')],
  ['dateFromParts', $ => $.dateFromParts({ isoWeekYear: 2025, isoWeek: 1, isoDayOfWeek: 1 }), new Date('2024-12-30')],
  ['dateFromString', $ => $.dateFromString({ dateString: '2024-05-01T08:00:00Z' }), new Date('2024-05-01T08:00:00Z')],
  ['dateFromString', $ => $.dateFromString({ dateString: '2024-05-01', timezone: SHANGHAI }), new Date('2024-04-30T16:00:00Z')],
  ['dateFromString', $ => $.dateFromString({ dateString: '01/05/2024', format: '%d/%m/%Y' }), new Date('2024-05-01')],
  ['dateFromString', $ => $.dateFromString({ dateString: 'soon', onError: 'never' }), 'never'],
  ['dayOfMonth', $ => $.dayOfMonth('$at'), 30],
  ['dayOfMonth', $ => $.dayOfMonth({ date: '$at', timezone: SHANGHAI }), 31],
  ['dayOfWeek', $ => $.dayOfWeek('$at'), 2],
  ['dayOfYear', $ => $.dayOfYear('$at'), 365],
  ['isoDayOfWeek', $ => $.isoDayOfWeek('$at'), 1],
  ['isoWeek', $ => $.isoWeek('$at'), 1],
  ['isoWeekYear', $ => $.isoWeekYear('$at'), 2025],
  ['millisecond', $ => $.millisecond('$at'), 7],
  ['minute', $ => $.minute('$at'), 5],
  ['month', $ => $.month('$at'), 12],
  ['second', $ => $.second('$at'), 6],
  ['hour', $ => $.hour({ date: '$at', timezone: '+08:00' }), 6],
  ['week', $ => $.week('$at'), 52],
  ['year', $ => $.year('$at'), 2024],
  ['year', $ => $.year('$nope'), null],
  ['literal', $ => $.literal('$n'), '$n'],
  ['mergeObjects', $ => $.mergeObjects(['$object', { y: 1 }, null]), { x: 1, y: 1 }],
  ['objectToArray', $ => $.objectToArray('$object'), [{ k: 'x', v: 1 }, { k: 'y', v: 'z' }]],
  ['allElementsTrue', $ => $.allElementsTrue(['$flags']), false],
  ['allElementsTrue', $ => $.allElementsTrue(['$empty']), true],
  ['anyElementTrue', $ => $.anyElementTrue(['$flags']), true],
  ['setDifference', $ => $.setDifference([[1, 2, 3, 1], [2]]), [1, 3]],
  ['setEquals', $ => $.setEquals(['$list', [1, 2, 3, 3]]), true],
  ['setIntersection', $ => $.setIntersection(['$list', [2, 3, 9]]), [2, 3]],
  ['setIsSubset', $ => $.setIsSubset([[1], '$list']), true],
  ['setUnion', $ => $.setUnion([[1, 2], [2, 3]]), [1, 2, 3]],
  ['concat', $ => $.concat(['$text', '!']), '面包 Bread!'],
  ['concat', $ => $.concat(['$text', '$none']), null],
  ['dateToString', $ => $.dateToString({ date: '$at', format: '%Y-%m-%d %H:%M:%S.%L', timezone: SHANGHAI }), '2024-12-31 06:05:06.007'],
  ['dateToString', $ => $.dateToString({ date: '$at', format: '%j %w %u %U %V %G %z %Z %%', timezone: '-03:30' }), '365 2 1 52 01 2025 -0330 -210 %'],
  ['dateToString', $ => $.dateToString({ date: '$at' }), '2024-12-30T22:05:06.007Z'],
  ['dateToString', $ => $.dateToString({ date: '$nope', onNull: 'never' }), 'never'],
  ['indexOfBytes', $ => $.indexOfBytes(['$text', 'Bread']), 7],
  ['indexOfCP', $ => $.indexOfCP(['$text', 'Bread']), 3],
  ['indexOfCP', $ => $.indexOfCP(['$emoji', 'b']), 2],
  ['split', $ => $.split(['$text', ' ']), ['面包', 'Bread']],
  ['strLenBytes', $ => $.strLenBytes('$text'), 12],
  ['strLenCP', $ => $.strLenCP('$emoji'), 3],
  ['strcasecmp', $ => $.strcasecmp(['BREAD', 'bread']), 0],
  ['strcasecmp', $ => $.strcasecmp(['a', '$nope']), 1],
  ['substr', $ => $.substr(['$text', 0, 6]), '面包'],
  ['substrBytes', $ => $.substrBytes(['$text', 7, 99]), 'Bread'],
  ['substrCP', $ => $.substrCP(['$emoji', 1, 1]), '😀'],
  ['toLower', $ => $.toLower('ÄB'), 'Äb'],
  ['toUpper', $ => $.toUpper('$none'), ''],
  ['avg', $ => $.avg('$list'), 2],
  ['avg', $ => $.avg('$empty'), null],
  ['max', $ => $.max(['$n', '$half', '$nope']), 7],
  ['min', $ => $.min('$list'), 1],
  ['stdDevPop', $ => $.stdDevPop([1, 3]), 1],
  ['stdDevSamp', $ => $.stdDevSamp([1, 3, 5]), 2],
  ['sum', $ => $.sum(['$n', '$half', 'text']), 4.5],
  ['sum', $ => $.sum('$lines.n'), 3],
  ['let', $ => $.let({ vars: { x: '$n' }, in: $.add(['$$x', 1]) }), 8],
]

/** Over the documents `{v: 1, t: 'a'}`, `{v: 3, t: 'b'}`, `{v: 3, t: 'a'}` and `{}`. */
const GROUPED: [name: typeof EXPRESSIONS[number], expression: Expression, expected: unknown][] = [
  ['addToSet', $ => $.addToSet('$v'), [1, 3]],
  ['avg', $ => $.avg('$v'), 7 / 3],
  ['first', $ => $.first('$t'), 'a'],
  ['last', $ => $.last('$t'), null],
  ['max', $ => $.max('$v'), 3],
  ['min', $ => $.min('$v'), 1],
  ['push', $ => $.push('$v'), [1, 3, 3]],
  ['push', $ => $.push({ v: '$v', t: '$t' }), [{ v: 1, t: 'a' }, { v: 3, t: 'b' }, { v: 3, t: 'a' }, {}]],
  ['stdDevPop', $ => $.stdDevPop('$v'), Math.sqrt(8 / 9)],
  ['stdDevSamp', $ => $.stdDevSamp('$v'), Math.sqrt(4 / 3)],
  ['sum', $ => $.sum('$v'), 7],
  ['sum', $ => $.sum(1), 4],
  ['mergeObjects', $ => $.mergeObjects('$$ROOT'), { v: 3, t: 'a', _id: 'd' }],
]

const REFUSED: [name: string, expression: Expression, reason: string][] = [
  ['meta', $ => $.meta('textScore'), 'text score'],
  ['a division by 0', $ => $.divide(['$n', 0]), 'can\'t $divide by zero'],
  ['a remainder by 0', $ => $.mod(['$n', 0]), 'can\'t $mod by zero'],
  ['a sum with text', $ => $.add(['$n', '$text']), '$add only supports numeric or date types, not string'],
  ['a sum of two dates', $ => $.add(['$at', '$at']), 'only one date allowed'],
  ['a difference with text', $ => $.subtract(['$n', '$text']), 'cant $subtract'],
  ['a root of a negative number', $ => $.sqrt(-1), 'greater than or equal to 0'],
  ['a logarithm of 0', $ => $.ln(0), 'must be a positive number'],
  ['a text of a number', $ => $.concat(['$text', '$n']), '$concat only supports strings, not int'],
  ['half a character', $ => $.substrBytes(['$text', 1, 3]), 'continuation byte'],
  ['a size of no array', $ => $.size('$n'), 'must be an array, but is int'],
  ['an element of no array', $ => $.arrayElemAt(['$n', 0]), 'must be an array, but is int'],
  ['too many arguments', $ => $.size(['$list', '$list']), 'Expression $size takes exactly 1 arguments. 2 were passed in.'],
  ['an unknown option', $ => $.filter({ input: '$list', cond: true, limit: 1 }), 'Unrecognized argument to $filter: limit'],
  ['a missing option', $ => $.map({ input: '$list' }), 'Missing \'in\' parameter to $map'],
  ['a switch without a way out', $ => $.switch({ branches: [{ case: false, then: 1 }] }), 'no default was specified'],
  ['a date that is none', $ => $.year('$text'), 'can\'t convert from BSON type string to Date'],
  ['a time zone that is none', $ => $.hour({ date: '$at', timezone: 'Moon/Crater' }), 'unrecognized time zone identifier: "Moon/Crater"'],
  ['an unknown letter of a format', $ => $.dateToString({ date: '$at', format: '%B' }), 'Invalid format character \'%B\''],
  ['a text that is no date', $ => $.dateFromString({ dateString: '2024-02-30' }), 'Error parsing date string'],
  ['an unknown variable', () => '$$nope', 'Use of undefined variable: nope'],
  ['an operator of later versions', () => ({ $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } }), 'Unrecognized expression \'$dateAdd\''],
  ['two operators in one object', () => ({ $add: [1], $size: '$list' }), 'must have exactly one field'],
]

describe.each(SDKS)('an aggregation of %s', (sdk) => {
  let cloud: Cloud
  let db: CloudDatabase
  let _: Command

  beforeAll(async () => {
    cloud = await openCloud(sdk, { collections: [{ name: 'one' }, { name: 'some' }] })
    db = cloud.db
    _ = db.command
    await db.collection('one').add({ data: DOCUMENT })
    for (const data of [{ _id: 'a', v: 1, t: 'a' }, { _id: 'b', v: 3, t: 'b' }, { _id: 'c', v: 3, t: 'a' }, { _id: 'd' }]) {
      await db.collection('some').add({ data })
    }
  })

  afterAll(() => cloud.close())

  const valueOf = async (expression: Expression) =>
    (await db.collection('one').aggregate().addFields({ value: expression(_.aggregate) }).end()).list[0]?.value

  test.each(VALUES)('computes %s', async (_name, expression, expected) => {
    expect(await valueOf(expression)).toStrictEqual(expected)
  })

  test.each(GROUPED)('accumulates with %s', async (_name, expression, expected) => {
    const { list } = await db.collection('some').aggregate().group({ _id: null, value: expression(_.aggregate) }).end()
    const [{ value } = { value: undefined }] = list
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 12)
    else expect(value).toStrictEqual(expected)
  })

  test.each(REFUSED)('refuses %s', async (_name, expression, reason) => {
    await expect(valueOf(expression)).rejects.toThrow(reason)
  })

  test('has a case for every operator of the SDK', () => {
    const { pipeline: _pipeline, ...operators } = _.aggregate
    expect(Object.keys(operators).sort()).toEqual([...EXPRESSIONS].sort())
    const covered = new Set([...VALUES, ...GROUPED].map(([name]) => name as string).concat('meta'))
    expect(Object.keys(operators).filter(name => !covered.has(name))).toEqual([])
  })

  test('passes on conversions, which the SDK has no names for', async () => {
    expect(await valueOf(() => ({ $toString: '$n' }))).toBe('7')
    expect(await valueOf(() => ({ $toInt: '42' }))).toBe(42)
    expect(await valueOf(() => ({ $convert: { input: 'x', to: 'int', onError: -1 } }))).toBe(-1)
    expect(await valueOf(() => ({ $type: '$nope' }))).toBe('missing')
    expect(await valueOf(() => ({ $trim: { input: ' x ' } }))).toBe('x')
    await expect(valueOf(() => ({ $toInt: 'x' }))).rejects.toThrow('Failed to parse number')
  })

  test('refuses an unknown operator even when there is no document', async () => {
    const empty = db.collection('some').aggregate().match({ v: 99 }).project({ x: { $foo: 1 } })
    await expect(empty.end()).rejects.toThrow('Unrecognized expression \'$foo\'')
  })

  test('cannot send the stages that only wx-server-sdk names', () => {
    const stages = db.collection('some').aggregate() as Aggregate & Record<'facet' | 'out', (value: unknown) => unknown>
    expect(() => stages.facet({})).toThrow(TypeError)
    expect(() => stages.out('x')).toThrow(TypeError)
  })
})
