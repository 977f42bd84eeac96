// Finds texts that a person reads and that are not marked as sentences.
import { type ESTree, parseSync } from 'vite'

export interface BareText {
  text: string
  line: number
  node: ESTree.Node
}

/** Attributes that are shown or read out. */
export const TEXT_ATTRIBUTES = new Set(
  'alt aria-description aria-label aria-placeholder aria-roledescription aria-valuetext hint label placeholder submitLabel title'.split(
    ' ',
  ),
)
/** Elements whose content is code or a key. */
const CODE_ELEMENTS = new Set(['code', 'kbd', 'pre', 'style', 'script'])

/** Properties of elements that are for the browser. */
const CODE_PROPERTIES = new Set('class className rel style'.split(' '))

/** Names that are the same in every language. */
export const NAMES = new Set(
  'AND Anthropic ChatGPT Claude Deutsch English GitHub HTTP HTTPS JSON JSONL LibreChat MCP Markdown OR Ollama OpenAI OpenRouter PDF Tally TALLY_DISCOVER USD ms s kB MB GB'.split(
    ' ',
  ),
)

/** Calls whose texts are for maintainers or programs. */
const NOT_SHOWN_CALLS =
  /^(?:console|log|process|performance)\b|Error$|(?:Database|Setting)Refused$|^(?:operation|json|describeRoute|query|header|expect|RegExp|onWarning|fetch|DOMException|onNote|withTrace|matchMedia|ban|eventStream|or|withFiles)$|\.(?:startsWith|endsWith|includes|has)$|querySelector|\bjobs\.add$|closest|matches|addEventListener|removeEventListener|createElement|setAttribute|getElementById|getItem|setItem|\.(?:where|select|selectFrom|orderBy|leftJoin|innerJoin|header|is|raw|prepare|exec|pragma|describe|enum)$/

export function findBareTexts(file: string, code: string): BareText[] {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const found: BareText[] = []
  walk(program, [], (node, ancestors) => {
    const text = textOf(node)
    if (text === null || !/\p{L}{2}/u.test(text) || NAMES.has(text.replaceAll('{}', '').trim()))
      return
    if (!isShown(file, node, ancestors, text)) return
    found.push({ text, node, line: code.slice(0, node.start).split('\n').length })
  })
  return found
}

type Visit = (node: ESTree.Node, ancestors: readonly ESTree.Node[]) => void

/** `Visitor` does not know the ancestors of a node. */
function walk(node: ESTree.Node, ancestors: ESTree.Node[], visit: Visit): void {
  visit(node, ancestors)
  ancestors.push(node)
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (isNode(one)) walk(one, ancestors, visit)
    }
  }
  ancestors.pop()
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function textOf(node: ESTree.Node): string | null {
  if (node.type === 'JSXText') return node.value
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateLiteral') return null
  return node.quasis.map(({ value }) => value.cooked ?? '').join('{}')
}

function isShown(
  file: string,
  node: ESTree.Node,
  ancestors: readonly ESTree.Node[],
  text: string,
): boolean {
  for (let index = ancestors.length - 1; index >= 0; index -= 1) {
    const parent = ancestors[index]
    const child = ancestors[index + 1] ?? node
    if (parent === undefined) break
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most kinds of nodes decide nothing.
    switch (parent.type) {
      case 'TaggedTemplateExpression':
        // A marked one, or one of another tag.
        return child !== parent.quasi
          ? false
          : child !== node && isShown(file, child, ancestors.slice(0, index), text)
      case 'JSXElement':
      case 'JSXFragment':
        return !isCode(parent) || node.type !== 'JSXText'
      case 'JSXAttribute':
        return parent.name.type === 'JSXIdentifier' && TEXT_ATTRIBUTES.has(parent.name.name)
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if ('source' in parent && parent.source === child) return false
        break
      case 'TSLiteralType':
      case 'TSEnumMember':
      case 'ImportAttribute':
        return false
      case 'BinaryExpression':
        if (parent.operator !== '+') return false
        break
      case 'SwitchCase':
        if (parent.test === child) return false
        break
      case 'Property':
        if (parent.key === child && !parent.computed) return false
        if (parent.key.type === 'Identifier' && CODE_PROPERTIES.has(parent.key.name)) return false
        if (file.startsWith('bff/') && isForModels(parent)) return false
        break
      case 'MemberExpression':
        if (parent.property === child) return false
        break
      case 'NewExpression':
      case 'CallExpression':
        return !isUnshownArgument(parent, child) && isSentence(text)
      case 'ArrowFunctionExpression': {
        const of = ancestors[index - 1]
        return !(of?.type === 'Property' && isForModels(of)) && isSentence(text)
      }
      case 'FunctionExpression':
      case 'FunctionDeclaration':
      case 'JSXSpreadAttribute':
        return isSentence(text)
      default:
    }
  }
  return isSentence(text)
}

/** What a tool or a schema is for, what a tool returns, and what an agent is told to do. */
const FOR_MODELS = new Set(['description', 'execute', 'instructions'])

function isForModels({ key }: { key: ESTree.Node }): boolean {
  return key.type === 'Identifier' && FOR_MODELS.has(key.name)
}

function isUnshownArgument(call: ESTree.CallExpression | ESTree.NewExpression, child: ESTree.Node) {
  const name = nameOf(call.callee)
  // A meaning.
  if (name === 'tAs') return true
  // The second one is the name of an export.
  if (name === 'lazyPart' || name === 'lazyMenu') return call.arguments[1] === child
  return NOT_SHOWN_CALLS.test(name)
}

function isCode(parent: ESTree.Node): boolean {
  if (parent.type !== 'JSXElement') return false
  const { name } = parent.openingElement
  return name.type === 'JSXIdentifier' && CODE_ELEMENTS.has(name.name)
}

function nameOf(callee: ESTree.Node): string {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return ''
  return `${nameOf(callee.object)}.${callee.property.name}`
}

/** A word with a capital, or several words that are no class names, no SQL and no description in OpenAPI. */
function isSentence(text: string): boolean {
  if (/^[^\p{L}]*\p{Lu}\p{Ll}*(?:$|[\s,.;:!?…'’])/u.test(text)) return true
  if (WORDS_IN_A_ROW.test(text) && !NO_SENTENCE.test(text)) return true
  const words = text.trim().split(/\s+/)
  const plain = words.filter((word) => /^[\p{L}{},.;:!?…'’"()]+$/u.test(word))
  return /\s/.test(text) && plain.length === words.length && /\p{L}{2}/u.test(text)
}

/** Three, of which one may be a value. */
const WORDS_IN_A_ROW = /(?:^|\s)[\p{L}’']+ (?:[\p{L}’']+|\{\}),? [\p{L}’']{2,}(?:[ .,:;!?]|$)/u
const NO_SENTENCE = /^`|_|\w-\w+[-\d]|\bselect\b/
