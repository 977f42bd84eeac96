// Arithmetic with a maintained library. Its parser is restricted to numbers: no assignment, no custom
// functions, no member access, no strings, and only functions that end quickly.
import { Parser } from 'expr-eval-fork'
import { z } from 'zod'
import { defineTool } from '../../../runtime/define-tool.ts'
import { ToolError } from '../../../runtime/tool-error.ts'
import { english, t } from '#shared/translate.ts'

const MAX_EXPRESSION_CHARS = 1000

export const calculate = defineTool({
  name: 'calculate',
  description: english`Computes an arithmetic expression exactly as written. Use it instead of computing in your head.`,
  parameters: z.object({
    expression: z
      .string()
      .max(MAX_EXPRESSION_CHARS)
      .describe(
        'For example (3 + 4) * 2 ^ 10 / sqrt(2). Operators + - * / ^ and % (remainder); sqrt, cbrt, abs, exp, ln, log10, log2, sin, cos, tan, asin, acos, atan, floor, ceil, round, min, max; PI and E. Write 0.19 for 19 %.',
      ),
  }),
  execute: ({ expression }) => evaluate(expression),
  pendingLabel: ({ expression }) => t`Calculate · ${forReaders(expression)}`,
  label: ({ expression }, result) => t`Calculated · ${forReaders(expression)} = ${result}`,
})

/** More than fits into a line is read in the arguments. */
const MAX_LABEL_CHARS = 80

function forReaders(expression: string): string {
  if (expression.length > MAX_LABEL_CHARS) return t`a long expression`
  return expression.replaceAll(/[*·]/g, '×')
}

export function evaluate(expression: string): string {
  const value = compute(plain(expression))
  if (typeof value !== 'number') throw new ToolError(t`The expression is not a number.`)
  if (Number.isNaN(value)) throw new ToolError(t`The result is not defined.`)
  return asText(value)
}

function compute(expression: string): unknown {
  if (expression.trim() === '') throw new ToolError(t`The expression is empty.`)
  try {
    return parser().evaluate(expression, CONSTANTS)
  } catch (error) {
    throw new ToolError(whatIsWrong(error instanceof Error ? error.message : ''), undefined, {
      cause: error,
    })
  }
}

/** Replaces the parser's message, whose token names mean nothing to a reader. */
function whatIsWrong(message: string): string {
  const at = /^parse error \[\d+:(\d+)\]/.exec(message)?.[1]
  const unknownSign = /Unknown character "(.+)"/s.exec(message)?.[1]
  const unknownName = /^undefined variable: (.+)$/s.exec(message)?.[1]
  if (unknownName !== undefined) return t`“${unknownName}” is no number, constant or function here.`
  if (unknownSign !== undefined) return t`“${unknownSign}” cannot be used in an expression.`
  if (message === 'unexpected TEOF: EOF') return t`The expression is incomplete at its end.`
  if (message.endsWith('Expected )')) return t`A closing parenthesis is missing.`
  return at === undefined
    ? t`This is not an arithmetic expression.`
    : t`The expression cannot be read from character ${Number(at) - 1} on.`
}

const CONSTANTS = { PI: Math.PI, E: Math.E }

const FUNCTIONS = {
  __proto__: null,
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  ln: Math.log,
  log: Math.log10,
  log10: Math.log10,
  log2: Math.log2,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  round: Math.round,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
}

function parser(): Parser {
  const narrow = new Parser({
    allowMemberAccess: false,
    operators: {
      assignment: false,
      concatenate: false,
      conditional: false,
      comparison: false,
      fndef: false,
      in: false,
      logical: false,
      factorial: false,
      random: false,
      length: false,
    },
  })
  narrow.functions = FUNCTIONS
  narrow.consts = {}
  return narrow
}

/** Replaces signs that people and models use with those of the parser. */
function plain(expression: string): string {
  return expression
    .replaceAll(/[×·]/g, '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replaceAll('**', '^')
    .replaceAll('π', 'PI')
    .replaceAll(/(?<=\d)[_,'](?=\d{3}(\D|$))/g, '')
}

/** A double holds fifteen digits; the sixteenth is the 4 of 0.30000000000000004. */
function asText(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : String(value)
}
