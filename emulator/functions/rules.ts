import { StartError } from '../emulator.ts'
import type { EmulatorOptions, FunctionRules } from '../emulator.ts'
import { readSettingsFile } from '../settingsFile.ts'

/** The rule values that WeChat knows; it takes no other expression. Source: 云函数安全规则. */
const allowedValues: unknown[] = [true, false, 'auth != null', 'auth.loginType != \'ANONYMOUS\' && auth != null']

/** What an environment has as long as nobody wrote rules: whoever is logged in may call every function. */
const platformDefault: FunctionRules = { '*': { invoke: 'auth != null' } }

/** The function rules of the options. Throws a StartError for what WeChat's console would not take. */
export async function functionRulesOf({ functionRules, functionRulesFile }: EmulatorOptions): Promise<FunctionRules> {
  if (functionRules !== undefined) return checked(functionRules, 'functionRules')
  if (functionRulesFile === undefined) return platformDefault
  return checked(await readSettingsFile(functionRulesFile, '--function-rules'), functionRulesFile)
}

/** Whether the rules let a client call a function. Nested calls, timers, notices and HTTP access are not governed by them. */
export function mayInvoke(rules: FunctionRules, functionName: string, openid: string | undefined): boolean {
  const { invoke } = Object.hasOwn(rules, functionName) ? rules[functionName]! : rules['*']
  // Everybody who is logged in here came through WeChat, so nobody is anonymous.
  return typeof invoke === 'boolean' ? invoke : openid !== undefined
}

function checked(rules: unknown, where: string): FunctionRules {
  const mistake = findMistake(rules)
  if (mistake === null) return rules as FunctionRules
  throw new StartError(`The function rules in ${where} cannot be used: ${mistake}; write {"*": {"invoke": "auth != null"}, "<function>": {"invoke": false}}.`)
}

function findMistake(rules: unknown): string | null {
  if (!isObject(rules)) return 'they must be a JSON object'
  if (!Object.hasOwn(rules, '*')) return 'the rule for * is missing'
  for (const [name, rule] of Object.entries(rules)) {
    if (!isObject(rule) || Object.keys(rule).join() !== 'invoke') return `the rule for ${name} must have the key invoke and no other`
    if (!allowedValues.includes(rule.invoke)) return `invoke of ${name} must be one of ${allowedValues.join(', ')}`
  }
  return null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
