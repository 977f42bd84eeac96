/** A box that may scroll sideways: it can be reached and moved by keyboard, and has a name. */
export function scrollBox(name: string) {
  return { role: 'group', 'aria-label': name, tabindex: 0 } as const
}
