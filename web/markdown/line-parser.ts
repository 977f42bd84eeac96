// Reads one line after another: first the containers that the line stays in, then those that it
// opens, then the leaf that takes its text. Follows CommonMark and GFM, with two exceptions: HTML
// is text, and a formula may stand on lines of its own.
import * as starts from './block-starts.ts'
import { BlockTree, newVersion } from './block-tree.ts'
import type { Code, MathBlock, Plain } from './blocks.ts'
import { indentOf, spaced, stayIn, withoutQuoteMark } from './containers.ts'
import { addText, openLeaf, paragraph } from './leaves.ts'

export class LineParser {
  readonly tree = new BlockTree()

  /** `ended` is false for a line that has no ending yet. */
  line(text: string, ended: boolean): void {
    const { tree } = this
    tree.renewOpen()
    const { rest, depth } = stayIn(tree.path, text)
    // The marks of containers are read with tabs as spaces; code outside of them keeps its tabs.
    const raw = depth === 1 ? text : rest
    if (depth === tree.path.length && this.#takeRaw(raw, ended)) tree.noteBlank(false)
    else if (!starts.isWord(rest) && tree.changes.onTrial && starts.isUndecided(rest)) return
    else if (rest.trim() === '') this.#blank(depth)
    else this.#place(rest, depth, ended)
  }

  /** More of a line whose beginning was taken already. */
  continueLine(text: string, ended: boolean): void {
    const { tree } = this
    tree.renewOpen()
    const { leaf } = tree
    if (leaf !== null && 'lines' in leaf) this.#pushLine(leaf, text, ended)
    else if (text.trim() !== '') tree.openLeaf(tree.path.length, paragraph(text, true))
  }

  /** From here on nothing is formatted. */
  keepPlain(reason: Plain['reason']): void {
    const { tree } = this
    if (tree.leaf?.kind === 'plain') return
    tree.renewOpen()
    tree.openLeaf(1, { kind: 'plain', version: newVersion(), reason, lines: [], open: true })
  }

  closeAll(): void {
    this.tree.renewOpen()
    this.tree.closeTo(1)
  }

  /** Lines of code and formulas are taken as they are, until their end comes. */
  #takeRaw(line: string, ended: boolean): boolean {
    const { leaf } = this.tree
    if (leaf?.kind === 'math') return line.trim() !== '' && this.#takeMath(leaf, line, ended)
    if (leaf?.kind === 'code') {
      return leaf.fence === null
        ? this.#takeIndented(leaf, line, ended)
        : this.#takeFenced(leaf, leaf.fence, line, ended)
    }
    if (leaf?.kind !== 'plain') return false
    this.#pushLine(leaf, line, ended)
    return true
  }

  #takeIndented(code: Code, line: string, ended: boolean): boolean {
    const inside = spaced(line)
    if (inside.trim() !== '' && indentOf(inside) < 4) return false
    this.#pushLine(code, inside.slice(4), ended)
    return true
  }

  #takeFenced(code: Code, fence: starts.Fence, line: string, ended: boolean): boolean {
    const { tree } = this
    if (tree.changes.onTrial && starts.mayBecomeFenceEnd(line, fence)) return true
    if (starts.isFenceEnd(line, fence)) tree.closeTo(tree.path.length)
    else this.#pushLine(code, line.slice(Math.min(indentOf(line), fence.indent)), ended)
    return true
  }

  #takeMath(math: MathBlock, line: string, ended: boolean): boolean {
    const { tree } = this
    if (tree.changes.onTrial && starts.isUndecided(line)) return true
    const at = line.indexOf(math.end)
    if (at === -1) {
      this.#pushLine(math, line, ended)
      return true
    }
    if (line.slice(0, at).trim() !== '') this.#pushLine(math, line.slice(0, at), false)
    tree.changes.set(math, 'closed', true)
    const rest = line.slice(at + math.end.length)
    if (rest.trim() === '') tree.closeTo(tree.path.length)
    else tree.openLeaf(tree.path.length, paragraph(rest))
    return true
  }

  #pushLine(leaf: { lines: string[] }, line: string, ended: boolean): void {
    this.tree.changes.push(leaf.lines, ended ? `${line}\n` : line)
  }

  #blank(depth: number): void {
    this.tree.closeTo(depth)
    // A blank line inside of a quote does not set the list around the quote apart.
    this.tree.noteBlank(this.tree.path.at(-1)?.kind !== 'quote')
  }

  #place(line: string, depth: number, ended: boolean): void {
    const { tree } = this
    const whole = depth === tree.path.length
    const place = starts.isWord(line) ? { rest: line, depth } : this.#enter(line, depth, whole)
    if (place === null) return
    const at = { ...place, whole: whole && place.depth === depth, ended }
    if (starts.isWord(place.rest)) addText(tree, at)
    else if (place.rest.trim() !== '' && !openLeaf(tree, at)) addText(tree, at)
    tree.noteBlank(false)
  }

  /** Opens the containers that the line begins; null when that cannot be told yet. */
  #enter(line: string, stayed: number, whole: boolean): { rest: string; depth: number } | null {
    const { tree } = this
    let rest = line
    let depth = stayed
    for (;;) {
      if (tree.changes.onTrial && starts.isUndecided(rest)) return null
      const continues = whole && depth === stayed && tree.leaf?.kind === 'paragraph'
      if (indentOf(rest) >= 4 || starts.isRule(rest)) return { rest, depth }
      if (continues && starts.underline(rest) !== null) return { rest, depth }
      const quoted = withoutQuoteMark(rest)
      const item = quoted === null ? starts.itemStart(rest) : null
      if (quoted !== null) {
        depth = tree.enter(depth, { kind: 'quote', version: newVersion(), children: [] })
        rest = quoted
      } else if (item !== null && !(continues && !starts.mayInterrupt(item))) {
        const task = starts.taskStart(item.rest)
        depth = this.#enterItem(depth, item, task?.done ?? null)
        rest = spaced(task?.rest ?? item.rest)
        if (tree.changes.onTrial && starts.mayBecomeTask(rest)) return null
      } else return { rest, depth }
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
