// Budgets that the environment sets: `$0.50`, `200000 tokens`, or both with a comma between them.
import type { BudgetLimit, GeneralScope, GivenLimits } from '#shared/budgets.ts'
import { NANO_PER_USD } from '#shared/money.ts'
import { type Env, SettingRefused } from './setting.ts'

const SETTINGS: [GeneralScope, string][] = [
  ['run', 'TALLY_BUDGET_RUN'],
  ['conversation', 'TALLY_BUDGET_CONVERSATION'],
  ['day', 'TALLY_BUDGET_DAY'],
  ['month', 'TALLY_BUDGET_MONTH'],
]

export function budgetsOf(env: Env): GivenLimits {
  const given: GivenLimits = {}
  for (const [scope, name] of SETTINGS) {
    const text = env[name]
    if (text !== undefined) given[scope] = parseLimit(name, text)
  }
  return given
}

function parseLimit(name: string, text: string): BudgetLimit {
  const limit: BudgetLimit = { limitNanoUsd: null, limitTokens: null }
  for (const part of text.split(',').map((each) => each.trim())) {
    const money = /^\$(\d{1,6})(?:\.(\d{1,9}))?$/.exec(part)
    const tokens = /^(\d{1,12}) ?tokens$/.exec(part)
    if (money !== null) {
      const [, whole = '', fraction = ''] = money
      limit.limitNanoUsd = Number(whole) * NANO_PER_USD + Number(fraction.padEnd(9, '0'))
    } else if (tokens !== null) limit.limitTokens = Number(tokens[1])
    else throw new SettingRefused(`${name} must be like $0.50 or 200000 tokens, not "${part}".`)
  }
  return limit
}
