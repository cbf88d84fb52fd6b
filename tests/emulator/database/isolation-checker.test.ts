import { expect, test } from 'vitest'
import { judge } from './isolationChecker.ts'
import type { Event, Item, Outcome, State, Write } from './isolationHistory.ts'

const BEGINNING: State = { a: { code: 1, marks: [] }, b: { code: 2, marks: [] } }

const append = (id: string, mark: number): Write => ({ kind: 'append', id, code: 0, mark })
const insert = (id: string, code: number, mark: number): Write => ({ kind: 'insert', id, code, mark })
const recode = (id: string, code: number, mark: number): Write => ({ kind: 'recode', id, code, mark })

const begin = (by: string): Event => ({ kind: 'begin', by })
const commit = (by: string, outcome: 'done' | 'conflict' | 'gone' = 'done'): Event => ({ kind: 'commit', by, outcome })
const abort = (by: string): Event => ({ kind: 'abort', by, outcome: 'done' })
const writes = (by: string, write: Write, outcome: Outcome = 'written'): Event => ({ kind: 'write', by, write, outcome })
const ask = (write: Write): Event => ({ kind: 'ask', write })
const answer = (mark: number, outcome: Outcome = 'written'): Event => ({ kind: 'answer', mark, outcome })
const plain = (write: Write): Event[] => [ask(write), answer(write.mark)]
const item = (code: number, ...marks: number[]): Item => ({ code, marks })
const sees = (by: string, saw: State | 'gone'): Event => ({ kind: 'read', by, filter: {}, saw })
const all = (saw: State): Event => ({ kind: 'read', filter: {}, saw })
const untouched = { a: item(1), b: item(2) }

/** Histories of databases that break their word. */
const wrong: Record<string, Event[]> = {
  'lost update': [
    begin('t1'), begin('t2'), sees('t1', untouched), sees('t2', untouched),
    writes('t1', append('a', 1)), commit('t1'), writes('t2', append('a', 2)), commit('t2'),
  ],
  'lost update, as it shows in the end': [...plain(append('a', 1)), ...plain(append('a', 2)), all({ a: item(1, 2), b: item(2) })],
  'undone update': [...plain(recode('a', 3, 1)), ...plain({ kind: 'remove', id: 'a', code: 0, mark: 2 }), all({ a: item(3, 1), b: item(2) })],
  'dirty read': [begin('t1'), writes('t1', append('a', 1)), all({ a: item(1, 1), b: item(2) }), commit('t1')],
  'dirty read of what is over by now': [
    begin('t1'), writes('t1', append('a', 1)), writes('t1', append('a', 2)), all({ a: item(1, 1), b: item(2) }), commit('t1'),
  ],
  'trace of an undone transaction': [begin('t1'), writes('t1', append('a', 1)), abort('t1'), all({ a: item(1, 1), b: item(2) })],
  'non-repeatable read': [begin('t1'), sees('t1', untouched), ...plain(append('a', 1)), sees('t1', { a: item(1, 1), b: item(2) })],
  'read outside the snapshot': [begin('t1'), ...plain(append('a', 1)), sees('t1', { a: item(1, 1), b: item(2) })],
  'own write unseen': [begin('t1'), writes('t1', append('a', 1)), sees('t1', untouched)],
  'torn commit': [
    begin('t1'), writes('t1', append('a', 1)), writes('t1', append('b', 2)), commit('t1'), all({ a: item(1, 1), b: item(2) }),
  ],
  'torn commit, in a snapshot': [
    begin('t1'), begin('t2'), writes('t1', append('a', 1)), writes('t1', append('b', 2)), commit('t1'), sees('t2', { a: item(1, 1), b: item(2) }),
  ],
  'doubled unique key': [...plain(insert('c', 3, 1)), ...plain(insert('d', 3, 2))],
  'doubled unique key, of two transactions': [
    begin('t1'), begin('t2'), writes('t1', insert('c', 3, 1)), writes('t2', insert('d', 3, 2)), commit('t1'), commit('t2'),
  ],
  'two writers of one thing': [begin('t1'), begin('t2'), writes('t1', append('a', 1)), writes('t2', append('a', 2))],
  'two writers of one thing, which is a code': [begin('t1'), begin('t2'), writes('t1', recode('a', 3, 1)), writes('t2', insert('c', 3, 2))],
  'write over a later commit': [begin('t1'), ...plain(append('a', 1)), writes('t1', append('a', 2))],
  'needless conflict': [begin('t1'), begin('t2'), writes('t1', append('a', 1)), writes('t2', append('b', 2), 'conflict')],
  'plain write overtook a transaction': [begin('t1'), writes('t1', append('a', 1)), ...plain(append('a', 2))],
  'plain write stuck': [begin('t1'), writes('t1', append('a', 1)), ask(append('a', 2)), commit('t1'), all({ a: item(1, 1), b: item(2) })],
  'commit answered wrongly': [begin('t1'), ...plain(append('a', 1)), writes('t1', append('a', 2), 'conflict'), commit('t1')],
  'commit answered wrongly, after the limit': [begin('t1'), writes('t1', append('a', 1)), { kind: 'limit' }, commit('t1')],
  'written instead of gone': [begin('t1'), { kind: 'limit' }, writes('t1', append('a', 1))],
  'written instead of nothing': [...plain(append('c', 1))],
  'value that nobody wrote': [all({ a: item(1, 99), b: item(2) })],
}

test.each(Object.entries(wrong))('a %s is found, and called so', (title, history) => {
  const [name] = title.split(', ')
  expect(judge(history, BEGINNING).map(violation => violation.name)).toContain(name?.replace(' of what is over by now', ''))
})

test('a history that is only unusual is not blamed', () => {
  expect(judge([
    begin('skew1'), begin('skew2'), begin('late'), sees('skew1', untouched), sees('skew2', untouched),
    writes('skew1', append('a', 1)), ask(append('a', 2)), writes('skew2', append('b', 3)), writes('late', append('b', 4), 'conflict'),
    commit('skew2'), all({ a: item(1), b: item(2, 3) }),
    commit('skew1'), answer(2), all({ a: item(1, 1, 2), b: item(2, 3) }),
    sees('late', 'gone'), commit('late', 'conflict'), commit('late', 'gone'),
    begin('slow'), writes('slow', insert('c', 3, 5)), ask(insert('d', 3, 6)), { kind: 'limit' }, answer(6), commit('slow', 'gone'),
    all({ a: item(1, 1, 2), b: item(2, 3), d: item(3, 6) }),
  ], BEGINNING)).toEqual([])
})
