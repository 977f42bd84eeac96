// A description of what is to stand on the page, as React has it, but without its cost: an answer
// that streams changes up to sixty times a second, at its end only, and has thousands of elements.
// Children are told apart by their index or by keys, and the order of keys never changes.

type Attribute = string | number | boolean | null | undefined | (() => void)
export type Attributes = Readonly<Record<string, Attribute>>
export type Key = string | number

export interface VElement {
  kind: 'element'
  tag: string
  attributes: Attributes
  children: readonly VNode[]
}

export interface VList {
  kind: 'list'
  /** Null if the index of each child is its key. */
  keys: readonly Key[] | null
  children: readonly VNode[]
}

/** Is not looked at again while its inputs stay the same. */
export interface VMemo {
  kind: 'memo'
  inputs: readonly unknown[]
  render: () => VNode
}

export interface VComponent {
  kind: 'component'
  type: unknown
  create: (host: Host) => Component
  render: (component: Component) => VNode
}

export type VNode = string | null | VElement | VList | VMemo | VComponent

/** Something with a state of its own. */
export interface Component {
  /** Its nodes are on the page, or have changed there. */
  drawn?(): void
  removed?(): void
}

export interface RenderedBy<Props> extends Component {
  render(props: Props): VNode
}

export type ComponentType<Props> = new (host: Host) => RenderedBy<Props>

/** The services for a component. */
export interface Host {
  /** Renders it again, with the props that it has. */
  redraw: () => void
  /** Its first node; of keyed children, that of the one with this key. */
  firstNode: (key?: Key) => Node | null
}

const NO_ATTRIBUTES: Attributes = {}

export function h(
  tag: string,
  attributes: Attributes | null,
  children: readonly VNode[] = [],
): VElement {
  return { kind: 'element', tag, attributes: attributes ?? NO_ATTRIBUTES, children }
}

export function list(children: readonly VNode[], keys: readonly Key[] | null = null): VList {
  return { kind: 'list', keys, children }
}

export function memo(inputs: readonly unknown[], render: () => VNode): VMemo {
  return { kind: 'memo', inputs, render }
}

export function component<Props>(type: ComponentType<Props>, props: Props): VComponent {
  return {
    kind: 'component',
    type,
    create: (host) => new type(host),
    render: (made) => (made instanceof type ? made.render(props) : null),
  }
}
