// Reads one line after another: first the containers that the line stays in, then those that it
// opens, then the leaf that takes its text. Follows CommonMark and GFM, with two exceptions: HTML
// is text, and a formula may stand on lines of its own.
import * as starts from './block-starts.ts'
import { BlockTree, newVersion } from './block-tree.ts'
import type { Plain } from './blocks.ts'
import { indentOf, type Rest, spaced, stayIn, withoutQuoteMark } from './containers.ts'
import { loadedExtras } from './lazy-extras.ts'
import { addText, openLeaf, paragraph } from './leaves.ts'

export class LineParser {
  readonly tree = new BlockTree()

  /** `ended` is false for a line that has no ending yet. */
  line(text: string, ended: boolean): void {
    const { tree } = this
    tree.renewOpen()
    const { rest, depth } = stayIn(tree.path, text)
    if (depth === tree.path.length && loadedExtras()?.takeRaw(tree, rest, ended))
      tree.noteBlank(false)
    else if (tree.changes.onTrial && starts.isUndecided(spaced(rest))) return
    else if (rest.text.trim() === '') this.#blank(depth)
    else this.#addLine(rest, depth, ended)
  }

  /** More of a line whose beginning was taken already. */
  continueLine(text: string, ended: boolean): void {
    const { tree } = this
    tree.renewOpen()
    const { leaf } = tree
    if (leaf !== null && 'lines' in leaf) tree.pushLine(leaf, text, ended)
    else if (text.trim() !== '') tree.openLeaf(tree.path.length, paragraph(text, true))
  }

  /** From here on nothing is formatted. */
  takePlain(text: string, reason: Plain['reason']): void {
    const { tree } = this
    tree.renewOpen()
    loadedExtras()?.takePlain(tree, text, reason)
  }

  closeAll(): void {
    this.tree.renewOpen()
    this.tree.closeTo(1)
  }

  #blank(depth: number): void {
    this.tree.closeTo(depth)
    // A blank line inside of a quote does not set the list around the quote apart.
    this.tree.noteBlank(this.tree.path.at(-1)?.kind !== 'quote')
  }

  #addLine(rest: Rest, stayed: number, ended: boolean): void {
    const { tree } = this
    const whole = stayed === tree.path.length
    const inside = starts.isWord(rest.text)
      ? { rest, depth: stayed, isText: true }
      : this.#enter(rest, stayed, whole)
    if (inside === null) return
    const { depth, isText } = inside
    const start = { rest: inside.rest, depth, whole: whole && depth === stayed, ended }
    const blank = inside.rest.text.trim() === ''
    if (isText || (!blank && !openLeaf(tree, start))) addText(tree, start)
    tree.noteBlank(false)
  }

  /** Opens the containers that the line begins; null when that cannot be told yet. */
  #enter(line: Rest, stayed: number, whole: boolean): Inside | null {
    const { tree } = this
    let rest = line
    let depth = stayed
    const extras = loadedExtras()
    for (;;) {
      const text = spaced(rest)
      const isText = starts.isWord(text)
      if (isText) return { rest, depth, isText }
      if (tree.changes.onTrial && starts.isUndecided(text)) return null
      const isContinuous = whole && depth === stayed
      if (isContinuous && starts.underline(text) !== null) tree.settleDefinitions()
      const continues = isContinuous && tree.leaf?.kind === 'paragraph'
      if (indentOf(rest) >= 4 || starts.isRule(text)) return { rest, depth, isText }
      if (continues && starts.underline(text) !== null) return { rest, depth, isText }
      const quoted = withoutQuoteMark(rest)
      const item = quoted === null ? starts.itemStart(rest) : null
      if (quoted !== null) {
        depth = tree.enter(depth, { kind: 'quote', version: newVersion(), children: [] })
        rest = quoted
      } else if (item !== null && !(continues && !starts.mayInterrupt(item))) {
        const task = extras?.taskStart(item.rest.text)
        depth = this.#enterItem(depth, item, task?.done ?? null)
        rest = item.rest
        if (tree.changes.onTrial && extras?.mayBecomeTask(rest.text)) return null
        // The rest after the box is text, whatever it looks like.
        if (task) return { rest: { ...rest, text: task.rest }, depth, isText: true }
      } else {
        const footnote = extras?.enterFootnote(tree, depth, text)
        if (!footnote) return { rest, depth, isText }
        depth = footnote.depth
        rest = footnote.rest
      }
    }
  }

  #enterItem(depth: number, item: starts.ItemStart, task: boolean | null): number {
    const { tree } = this
    const { mark, start, width } = item
    const tip = tree.path[depth - 1]
    const list = { kind: 'list', version: newVersion(), mark, start, loose: false } as const
    const inside =
      tip?.kind === 'list' && tip.mark === mark && (tip.start === null) === (start === null)
        ? depth
        : tree.enter(tip?.kind === 'list' ? depth - 1 : depth, { ...list, children: [] })
    return tree.enter(inside, {
      kind: 'item',
      version: newVersion(),
      indent: width,
      task,
      children: [],
    })
  }
}

interface Inside {
  rest: Rest
  /** How many containers it is in. */
  depth: number
  /** Whether it can begin nothing but a paragraph. */
  isText: boolean
}
