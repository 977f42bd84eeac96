import type { Attributes } from './vdom.ts'

const onClick = new WeakMap<HTMLElement, () => void>()

/** `style` is set by its property: as an attribute the policy of the page forbids it. */
export function setAttributes(element: HTMLElement, before: Attributes, next: Attributes): void {
  if (before === next) return
  for (const name in next) if (next[name] !== before[name]) set(element, name, next[name])
  for (const name in before) if (!(name in next)) set(element, name, null)
}

function set(element: HTMLElement, name: string, value: Attributes[string]): void {
  if (typeof value === 'function') listen(element, value)
  else if (name === 'style') element.style.cssText = typeof value === 'string' ? value : ''
  else if (value === null || value === undefined || value === false) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

/** A listener is another function each time, and is called only by a click. */
function listen(element: HTMLElement, listener: () => void): void {
  if (!onClick.has(element)) element.addEventListener('click', () => onClick.get(element)?.())
  onClick.set(element, listener)
}
