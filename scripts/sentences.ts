// Finds the sentences in the code: what t`…`, tAs('…')`…`, rich`…` and english`…` say.
import { parseSync, Visitor, type ESTree } from 'vite'
import { sentenceKey } from '../shared/translate.ts'

export interface Sentence {
  /** Its name in locales/: the English, with its meaning if it has several. */
  key: string
  english: string
  kind: 't' | 'rich' | 'english'
  start: number
  end: number
  /** Where the values stand in the code. */
  values: { start: number; end: number }[]
  /** Evaluated when the module is loaded, and not when the sentence is needed. */
  atModuleLevel: boolean
}

export interface Found {
  sentences: Sentence[]
  /** The calls of `language()`. */
  languageCalls: { start: number; end: number }[]
}

const TAGS = ['t', 'rich', 'english'] as const
const SPEAKS = /\b(?:t|rich|english)`|\btAs\(|\blanguage\(\)/

export function findSentences(file: string, code: string): Found {
  const found: Found = { sentences: [], languageCalls: [] }
  if (!SPEAKS.test(code)) return found
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  let functions = 0
  const enter = () => void (functions += 1)
  const leave = () => void (functions -= 1)
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: ({ callee, arguments: args, start, end }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'language' || args.length > 0) return
      found.languageCalls.push({ start, end })
    },
    TaggedTemplateExpression: ({ tag, quasi, start, end }) => {
      const how = readTag(tag)
      if (how === null) return
      const english = quasi.quasis.map(({ value }) => value.cooked ?? '')
      found.sentences.push({
        english: sentenceKey(english),
        key: sentenceKey(english, how.meaning),
        kind: how.kind,
        start,
        end,
        values: quasi.expressions.map(({ start, end }) => ({ start, end })),
        atModuleLevel: functions === 0 && how.kind !== 'english',
      })
    },
  }).visit(program)
  return found
}

function readTag(tag: ESTree.Expression): { kind: Sentence['kind']; meaning: string } | null {
  if (tag.type === 'Identifier') {
    const kind = TAGS.find((name) => name === tag.name)
    return kind === undefined ? null : { kind, meaning: '' }
  }
  if (tag.type !== 'CallExpression' || tag.callee.type !== 'Identifier') return null
  const [meaning] = tag.arguments
  const isMeaning = meaning?.type === 'Literal' && typeof meaning.value === 'string'
  return tag.callee.name === 'tAs' && isMeaning ? { kind: 't', meaning: meaning.value } : null
}
