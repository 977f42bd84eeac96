// The blocks and which of them are open. Every change goes through here, so that it can be taken
// back, and every block that a line may change gets a new version first.
import type { Block, Container, Item, Leaf, Lines, List, Root } from './blocks.ts'
import { Changes } from './changes.ts'
import { loadedExtras } from './lazy-extras.ts'

const MAX_DEPTH = 200

let lastVersion = 0

/** Never the same twice, so that one version is one content. */
export function newVersion(): number {
  lastVersion += 1
  return lastVersion
}

export class BlockTree {
  readonly root: Root = {
    kind: 'root',
    version: 0,
    children: [],
    links: new Map(),
    notes: new Set(),
  }
  readonly changes = new Changes()
  /** Nested beyond what can be drawn. */
  tooDeep = false
  readonly #open: { path: Container[]; leaf: Leaf | null; afterBlank: boolean } = {
    path: [this.root],
    leaf: null,
    afterBlank: false,
  }

  /** The open containers, outermost first. */
  get path(): readonly Container[] {
    return this.#open.path
  }

  /** The open leaf in the last open container. */
  get leaf(): Leaf | null {
    return this.#open.leaf
  }

  renewOpen(): void {
    const { path, leaf } = this.#open
    for (const node of leaf === null ? path : [...path, leaf]) {
      this.changes.set(node, 'version', newVersion())
    }
  }

  noteBlank(blank: boolean): void {
    this.changes.set(this.#open, 'afterBlank', blank)
  }

  closeTo(depth: number): void {
    this.#closeLeaf()
    if (depth < this.path.length) this.changes.set(this.#open, 'path', this.path.slice(0, depth))
  }

  /** Adds a block to the container at `depth` and answers the depth inside it. */
  enter(depth: number, container: Exclude<Container, Root>): number {
    if (container.kind === 'item') this.#addItem(depth, container)
    else this.#add(depth, container)
    this.changes.set(this.#open, 'path', [...this.path, container])
    if (this.path.length > MAX_DEPTH) this.tooDeep = true
    return this.path.length
  }

  /** Adds a block that stays open for more lines. */
  openLeaf(depth: number, leaf: Leaf): void {
    this.#add(depth, leaf)
    this.changes.set(this.#open, 'leaf', leaf)
  }

  addClosed(depth: number, block: Block): void {
    this.#add(depth, block)
  }

  /** Puts another block in the place of the open leaf. */
  replaceLeaf(block: Leaf): void {
    const parent = this.path.at(-1)
    if (parent === undefined || parent.kind === 'list') return
    this.#closeLeaf()
    this.changes.pop(parent.children)
    this.changes.push<Block>(parent.children, block)
    this.changes.set(this.#open, 'leaf', block)
  }

  pushLine({ lines }: Lines, line: string, ended: boolean): void {
    this.changes.push(lines, ended ? `${line}\n` : line)
  }

  /** Takes the definitions out of the open paragraph, and closes it when nothing else is in it. */
  settleDefinitions(): void {
    const { leaf } = this
    if (leaf?.kind !== 'paragraph') return
    loadedExtras()?.takeDefinitions(this, leaf)
    if (leaf.text === '') this.#closeLeaf()
  }

  #closeLeaf(): void {
    const { leaf } = this.#open
    if (leaf === null) return
    if (leaf.kind === 'paragraph') loadedExtras()?.takeDefinitions(this, leaf)
    this.changes.set(leaf, 'open', false)
    this.changes.set(this.#open, 'leaf', null)
  }

  #add(depth: number, block: Block): void {
    this.closeTo(this.path[depth - 1]?.kind === 'list' ? depth - 1 : depth)
    const parent = this.path.at(-1)
    if (parent === undefined || parent.kind === 'list') return
    if (parent.kind === 'item') this.#noteLoose(parent, this.path.at(-2))
    this.changes.push<Block>(parent.children, block)
  }

  #addItem(depth: number, item: Item): void {
    this.closeTo(depth)
    const list = this.path.at(-1)
    if (list?.kind !== 'list') return
    this.#noteLoose(list, list)
    this.changes.push(list.children, item)
  }

  /** A blank line between two children of a list or of its item sets the whole list apart. */
  #noteLoose(parent: Item | List, list: Container | undefined): void {
    if (this.#open.afterBlank && parent.children.length > 0 && list?.kind === 'list') {
      this.changes.set(list, 'loose', true)
    }
  }
}
