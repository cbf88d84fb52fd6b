import { StartError } from '../emulator.ts'
import type { EmulatorOptions, StorageRule } from '../emulator.ts'
import { readSettingsFile } from '../settingsFile.ts'

/** What holds for a file that no rule is about: everybody may read it, and only functions may write it. */
const openRule: StorageRule = { prefix: '', read: 'public', write: 'none' }

/** The storage rules of the options. Throws a StartError for rules that cannot be read. */
export async function storageRulesOf({ storageRules, storageRulesFile }: EmulatorOptions): Promise<StorageRule[]> {
  if (storageRules !== undefined) return checked(storageRules, 'storageRules')
  if (storageRulesFile === undefined) return []
  return checked(await readSettingsFile(storageRulesFile, '--storage-rules'), storageRulesFile)
}

/** The first rule whose prefix the path has. */
export function ruleFor(rules: StorageRule[], path: string): StorageRule {
  return rules.find(({ prefix }) => path.startsWith(prefix)) ?? openRule
}

function checked(rules: unknown, where: string): StorageRule[] {
  const mistake = Array.isArray(rules) ? rules.map(findMistake).find(one => one !== null) : 'they must be a JSON list'
  if (mistake === undefined) return rules as StorageRule[]
  throw new StartError(`The storage rules in ${where} cannot be used: ${mistake}; write [{"prefix": "goods/", "read": "public", "write": "none"}].`)
}

const keys = ['prefix', 'read', 'write']

function findMistake(rule: unknown): string | null {
  if (typeof rule !== 'object' || rule === null || Object.keys(rule).some(key => !keys.includes(key))) return `a rule has the keys ${keys.join(', ')}`
  const { prefix, read, write = 'none' } = rule as Record<string, unknown>
  if (typeof prefix !== 'string' || prefix.startsWith('/')) return 'prefix must be a text without a leading slash'
  if (read !== 'public' && read !== 'private') return `read of "${prefix}" must be public or private`
  return write === 'user' || write === 'none' ? null : `write of "${prefix}" must be user or none`
}
