// The text of one paragraph, heading or cell → what it is made of. Follows CommonMark and GFM,
// with formulas; HTML is text. Of a text that is still `arriving`, half-written marks, links,
// code and formulas are read as if their end had come, so that nothing flickers when it does.
import type { Autolink } from './autolinks.ts'
import { type Bracket, mark, pairMarks, type Piece } from './emphasis.ts'
import { characterOf } from './entities.ts'
import { type Inline, textOf, withoutLinks } from './inline.ts'
import { loadedExtras } from './lazy-extras.ts'
import { linkTarget } from './link-target.ts'
import { type Definitions, type LinkTarget, normalLabel } from './links.ts'
import { tagLength } from './tags.ts'

/** Marks at the very end of an arriving text say nothing yet. */
const undecidedEnd = /(?:[*_~`![\\$]+|&#?\w{0,8}|<\/?[a-z]{0,8}(?::\/{0,2})?)$/i

export function parseInline(text: string, arriving: boolean, defined: Definitions): Inline[] {
  const shown = arriving ? text.trimEnd().replace(undecidedEnd, '') : text.trimEnd()
  return new InlineParser(shown, arriving, defined).parse()
}

class InlineParser {
  readonly #text: string
  readonly #arriving: boolean
  readonly #defined: Definitions
  #autolink: Autolink | null
  readonly #pieces: Piece[] = []
  readonly #brackets: { at: number; start: number; piece: Bracket }[] = []
  #at = 0

  constructor(text: string, arriving: boolean, defined: Definitions) {
    this.#text = text
    this.#arriving = arriving
    this.#defined = defined
    this.#autolink = /:\/\/|www\.|@/i.test(text) ? findAutolink(text, 0) : null
  }

  parse(): Inline[] {
    while (this.#at < this.#text.length) this.#next()
    return pairMarks(this.#pieces, 0, this.#arriving)
  }

  #next(): void {
    if (this.#takeAutolink() || this.#takePlain()) return
    switch (this.#text.charAt(this.#at)) {
      case '\n':
        return this.#takeBreak()
      case '\\':
        return this.#takeEscape()
      case '`':
        return this.#takeCode()
      case '$':
        return this.#takeDollar()
      case '[':
        return this.#takeOpening(1)
      case '!':
        return this.#text.charAt(this.#at + 1) === '[' ? this.#takeOpening(2) : this.#takeText(1)
      case ']':
        return this.#takeClosing()
      case '<':
        return this.#takeAngle()
      case '&':
        return this.#takeReference()
      default:
        return this.#takeMark()
    }
  }

  #add(piece: Piece, length: number): void {
    this.#pieces.push(piece)
    this.#at += length
  }

  #takeText(length: number): void {
    this.#add(this.#text.slice(this.#at, this.#at + length), length)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)
  }

  #takePlain(): boolean {
    const [plain] = this.#match(/[^\\`*_~[\]!<&$\n]+/y) ?? []
    if (plain === undefined) return false
    const next = this.#autolink?.start ?? Infinity
    this.#takeText(Math.min(plain.length, next - this.#at))
    return true
  }

  #takeAutolink(): boolean {
    if (this.#autolink !== null && this.#autolink.start < this.#at) {
      this.#autolink = findAutolink(this.#text, this.#at)
    }
    const link = this.#autolink
    if (link === null || link.start > this.#at) return false
    const shown = this.#text.slice(link.start, link.end)
    this.#addLink(link.end === this.#text.length ? this.#known(link.address) : link.address, shown)
    this.#at = link.end
    return true
  }

  /** An address at the end of an arriving text may not be whole. */
  #known(address: string): string | null {
    return this.#arriving ? null : address
  }

  #addLink(address: string | null, shown: string): void {
    this.#pieces.push({ kind: 'link', address, title: null, children: [shown] })
  }

  #takeBreak(): void {
    const last = this.#pieces.at(-1)
    const hard = typeof last === 'string' && last.endsWith('  ')
    if (typeof last === 'string') this.#pieces[this.#pieces.length - 1] = last.trimEnd()
    this.#add(hard ? { kind: 'break' } : '\n', (this.#match(/\n[ \t]*/y)?.[0] ?? '\n').length)
  }

  #takeEscape(): void {
    const next = this.#text.charAt(this.#at + 1)
    const found = loadedExtras()?.findBackslashed(this.#text, this.#at, this.#arriving)
    if (found) this.#add(found.formula, found.length)
    else if (next === '\n') this.#add({ kind: 'break' }, 2)
    else if (/[!-/:-@[-`{-~]/.test(next)) this.#add(next, 2)
    else this.#takeText(1)
  }

  #takeCode(): void {
    const text = this.#text
    const [fence = '`'] = this.#match(/`+/y) ?? []
    const start = this.#at + fence.length
    let end = text.indexOf(fence, start)
    while (end !== -1 && text.charAt(end + fence.length) === '`') {
      const [run = ''] = /`+/.exec(text.slice(end)) ?? []
      end = text.indexOf(fence, end + run.length)
    }
    if (end !== -1) this.#addCode(text.slice(start, end), end + fence.length)
    else if (this.#arriving && !text.includes('\n', start))
      this.#addCode(text.slice(start), text.length)
    else this.#takeText(fence.length)
  }

  #addCode(source: string, end: number): void {
    const line = source.replaceAll('\n', ' ')
    const padded = /^ .*[^ ].* $/.test(line)
    this.#pieces.push({ kind: 'code', text: padded ? line.slice(1, -1) : line })
    this.#at = end
  }

  #takeDollar(): void {
    const found = loadedExtras()?.findDollars(this.#text, this.#at, this.#arriving)
    if (found) this.#add(found.formula, found.length)
    else this.#takeText(1)
  }

  #takeOpening(length: number): void {
    if (this.#takeNote()) return
    const text = this.#text
    const near = text.length - this.#at < 160 && !text.includes('\n', this.#at)
    const hopeful = this.#arriving && near && !/\w/.test(text.charAt(this.#at - 1))
    const piece: Bracket = { kind: 'bracket', image: length === 2, active: true, hopeful }
    this.#brackets.push({ at: this.#pieces.length, start: this.#at + length, piece })
    this.#add(piece, length)
  }

  /** A note that the text does not have is brackets; while it grows, a number may get one. */
  #takeNote(): boolean {
    const pattern = this.#arriving ? /\[\^([^[\]\s]+)(?:\]|$)/y : /\[\^([^[\]\s]+)\]/y
    const [found, label] = this.#match(pattern) ?? []
    if (found === undefined || label === undefined) return false
    const { notes } = this.#defined
    if (!(notes?.has(normalLabel(label)) ?? /^\d+$/.test(label))) return false
    this.#add({ kind: 'note', label }, found.length)
    return true
  }

  #takeClosing(): void {
    const opener = this.#brackets.pop()
    if (opener === undefined || !opener.piece.active) return this.#failClosing(opener?.piece)
    const target = linkTarget(this.#text, this.#at + 1) ?? this.#reference(opener.start)
    if (target === null || (target === 'arriving' && !this.#arriving)) {
      return this.#failClosing(opener.piece)
    }
    const { address, title, end } =
      target === 'arriving' ? { address: null, title: null, end: this.#text.length } : target
    const children = pairMarks(this.#pieces, opener.at + 1, false)
    this.#pieces.pop()
    if (opener.piece.image) {
      this.#pieces.push({ kind: 'image', address, title, alt: textOf(children) })
    } else {
      this.#pieces.push({ kind: 'link', address, title, children: withoutLinks(children) })
      for (const { piece } of this.#brackets) if (!piece.image) piece.active = false
    }
    this.#at = end
  }

  /** The brackets were no link; at the end of an arriving text they may still become one. */
  #failClosing(opener: Bracket | undefined): void {
    const undecided = this.#at === this.#text.length - 1 && opener?.hopeful === true
    if (undecided) this.#at += 1
    else {
      if (opener !== undefined) opener.hopeful = false
      this.#takeText(1)
    }
  }

  /** `[text][label]`, `[label][]` or `[label]`. */
  #reference(start: number): (LinkTarget & { end: number }) | null {
    const text = this.#text.slice(start, this.#at)
    const [named, inside] = this.#match(/\]\[((?:[^[\]\\]|\\[^])*)\]/y) ?? []
    const label = inside === undefined || inside === '' ? text : inside
    const target = this.#defined.links.get(normalLabel(label))
    return target === undefined ? null : { ...target, end: this.#at + (named?.length ?? 1) }
  }

  #takeAngle(): void {
    const found = this.#match(
      /<([a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*)>/iy,
    )
    const shown = found?.[1]
    if (shown !== undefined) {
      this.#addLink(/^[a-z][a-z\d+.-]+:/i.test(shown) ? shown : `mailto:${shown}`, shown)
      this.#at += shown.length + 2
      return
    }
    const arriving = this.#arriving ? this.#match(/<(https?:\/\/[^\s<>]+)$/iy)?.[1] : undefined
    if (arriving !== undefined) {
      this.#addLink(null, arriving)
      this.#at = this.#text.length
      return
    }
    const lineBreak = this.#match(/<br\s*\/?>/iy)
    if (lineBreak !== null) return this.#add({ kind: 'break' }, lineBreak[0].length)
    this.#takeText(tagLength(this.#text, this.#at) ?? 1)
  }

  #takeReference(): void {
    const [found, name] = this.#match(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});/iy) ?? []
    const character = name === undefined ? null : characterOf(name)
    if (found === undefined || character === null) this.#takeText(1)
    else this.#add(character, found.length)
  }

  #takeMark(): void {
    const text = this.#text
    const character = text.charAt(this.#at)
    let end = this.#at
    while (text.charAt(end) === character) end += 1
    if (character === '~' && end - this.#at > 2) this.#takeText(end - this.#at)
    else this.#add(mark(text, this.#at, end), end - this.#at)
  }
}

function findAutolink(text: string, from: number): Autolink | null {
  return loadedExtras()?.nextAutolink(text, from) ?? null
}
