// The tree of messages of an export, walked without recursion: a parent before its answers, siblings by
// time. What hangs in a circle has no beginning and is lost.

export interface TreeNode<Of> {
  id: string
  parentId: string | null
  /** Null if it is not known. */
  at: string | null
  value: Of
}

export interface PlacedNode<Of> extends TreeNode<Of> {
  /** The number of nodes with this parent, including this one. */
  siblings: number
}

export function walkTree<Of>(nodes: TreeNode<Of>[]): { placed: PlacedNode<Of>[]; lost: number } {
  const ids = new Set(nodes.map(({ id }) => id))
  const isRoot = ({ id, parentId }: TreeNode<Of>) =>
    parentId === null || parentId === id || !ids.has(parentId)
  const children = Map.groupBy(
    nodes.filter((node) => !isRoot(node)),
    ({ parentId }) => parentId,
  )
  const placed: PlacedNode<Of>[] = []
  const seen = new Set<string>()
  const waiting: PlacedNode<Of>[] = []
  const wait = (siblings: TreeNode<Of>[], parentId: string | null) => {
    const sorted = siblings.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
    for (const node of sorted.toReversed()) {
      waiting.push({ ...node, parentId, siblings: siblings.length })
    }
  }
  wait(nodes.filter(isRoot), null)
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node.id)) continue
    seen.add(node.id)
    placed.push(node)
    wait(children.get(node.id) ?? [], node.id)
  }
  return { placed, lost: nodes.length - placed.length }
}
