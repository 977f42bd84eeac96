// Reads all of a text, with what most texts do without: links, images, notes, addresses, formulas, named
// characters and tags.
import { type Autolink, nextAutolink } from './autolinks.ts'
import { type Bracket, pairMarks } from './emphasis.ts'
import { characterOf } from './entities.ts'
import { findBackslashed, findDollars, type Found } from '#shared/find-formula.ts'
import { type Inline, textOf } from './inline.ts'
import { InlineParser } from './inline-parser.ts'
import { linkTarget } from './link-target.ts'
import { type Definitions, type LinkTarget, normalLabel } from './links.ts'
import { tagLength } from './tags.ts'

export class FullInlineParser extends InlineParser {
  readonly #defined: Definitions
  #autolink: Autolink | null
  readonly #brackets: { at: number; start: number; piece: Bracket }[] = []

  constructor(text: string, arriving: boolean, defined: Definitions) {
    super(text, arriving)
    this.#defined = defined
    this.#autolink = /:\/\/|www\.|@/i.test(text) ? nextAutolink(text, 0) : null
  }

  protected override next(): void {
    if (!this.#takeAutolink()) super.next()
  }

  protected override takePlain(): boolean {
    return super.takePlain((this.#autolink?.start ?? Infinity) - this.at)
  }

  protected override takeEscape(): void {
    const found = findBackslashed(this.text, this.at, this.arriving)
    if (found === null) super.takeEscape()
    else this.#addFormula(found)
  }

  protected override takeExtra(mark: string): void {
    switch (mark) {
      case '$':
        return this.#takeDollar()
      case '[':
        return this.#takeOpening(1)
      case '!':
        return this.text.charAt(this.at + 1) === '[' ? this.#takeOpening(2) : this.takeText(1)
      case ']':
        return this.#takeClosing()
      case '<':
        return this.#takeAngle()
      case '&':
        return this.#takeReference()
    }
  }

  #takeAutolink(): boolean {
    if (this.#autolink !== null && this.#autolink.start < this.at) {
      this.#autolink = nextAutolink(this.text, this.at)
    }
    const link = this.#autolink
    if (link === null || link.start > this.at) return false
    const shown = this.text.slice(link.start, link.end)
    this.#addLink(link.end === this.text.length ? this.#known(link.address) : link.address, shown)
    this.at = link.end
    return true
  }

  /** An address at the end of an arriving text may not be whole. */
  #known(address: string): string | null {
    return this.arriving ? null : address
  }

  #addLink(address: string | null, shown: string): void {
    this.pieces.push({ kind: 'link', address, title: null, children: [shown] })
  }

  #takeDollar(): void {
    const found = findDollars(this.text, this.at, this.arriving)
    if (found === null) this.takeText(1)
    else this.#addFormula(found)
  }

  #addFormula({ formula, length }: Found): void {
    this.add(formula, length)
  }

  #takeOpening(length: number): void {
    if (this.#takeNote()) return
    const text = this.text
    const near = text.length - this.at < 160 && !text.includes('\n', this.at)
    const hopeful = this.arriving && near && !/\w/.test(text.charAt(this.at - 1))
    const piece: Bracket = { kind: 'bracket', image: length === 2, active: true, hopeful }
    this.#brackets.push({ at: this.pieces.length, start: this.at + length, piece })
    this.add(piece, length)
  }

  /** A note that the text does not have is brackets; while it grows, a number may get one. */
  #takeNote(): boolean {
    const pattern = this.arriving ? /\[\^([^[\]\s]+)(?:\]|$)/y : /\[\^([^[\]\s]+)\]/y
    const [found, label] = this.match(pattern) ?? []
    if (found === undefined || label === undefined) return false
    const { notes } = this.#defined
    if (!(notes?.has(normalLabel(label)) ?? /^\d+$/.test(label))) return false
    this.add({ kind: 'note', label }, found.length)
    return true
  }

  #takeClosing(): void {
    const opener = this.#brackets.pop()
    if (opener === undefined || !opener.piece.active) return this.#failClosing(opener?.piece)
    const target = linkTarget(this.text, this.at + 1) ?? this.#reference(opener.start)
    if (target === null || (target === 'arriving' && !this.arriving)) {
      return this.#failClosing(opener.piece)
    }
    const { address, title, end } =
      target === 'arriving' ? { address: null, title: null, end: this.text.length } : target
    const children = pairMarks(this.pieces, opener.at + 1, false)
    this.pieces.pop()
    if (opener.piece.image) {
      this.pieces.push({ kind: 'image', address, title, alt: textOf(children) })
    } else {
      this.pieces.push({ kind: 'link', address, title, children: withoutLinks(children) })
      for (const { piece } of this.#brackets) if (!piece.image) piece.active = false
    }
    this.at = end
  }

  /** The brackets were no link; at the end of an arriving text they may still become one. */
  #failClosing(opener: Bracket | undefined): void {
    const undecided = this.at === this.text.length - 1 && opener?.hopeful === true
    if (undecided) this.at += 1
    else {
      if (opener !== undefined) opener.hopeful = false
      this.takeText(1)
    }
  }

  /** `[text][label]`, `[label][]` or `[label]`. */
  #reference(start: number): (LinkTarget & { end: number }) | null {
    const text = this.text.slice(start, this.at)
    const [named, inside] = this.match(/\]\[((?:[^[\]\\]|\\[^])*)\]/y) ?? []
    const label = inside === undefined || inside === '' ? text : inside
    const target = this.#defined.links.get(normalLabel(label))
    return target === undefined ? null : { ...target, end: this.at + (named?.length ?? 1) }
  }

  #takeAngle(): void {
    const found = this.match(
      /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*)>/iy,
    )
    const shown = found?.[1]
    if (shown !== undefined) {
      this.#addLink(/^[a-z][a-z\d+.-]+:/i.test(shown) ? shown : `mailto:${shown}`, shown)
      this.at += shown.length + 2
      return
    }
    const arriving = this.arriving ? this.match(/<(https?:\/\/[^\s<>]+)$/iy)?.[1] : undefined
    if (arriving !== undefined) {
      this.#addLink(null, arriving)
      this.at = this.text.length
      return
    }
    const lineBreak = this.match(/<br\s*\/?>/iy)
    if (lineBreak !== null) return this.add({ kind: 'break' }, lineBreak[0].length)
    this.takeText(tagLength(this.text, this.at) ?? 1)
  }

  #takeReference(): void {
    const [found, name] = this.match(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});/iy) ?? []
    const character = name === undefined ? null : characterOf(name)
    if (found === undefined || character === null) this.takeText(1)
    else this.add(character, found.length)
  }
}

/** Links do not nest: inside of one, another is its text. */
function withoutLinks(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || !('children' in node)) return [node]
    const children = withoutLinks(node.children)
    return node.kind === 'link' ? children : [{ ...node, children }]
  })
}
