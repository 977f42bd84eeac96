// Renders a part of the page with a stubbed fetch for component tests. jsdom has no top layer, so
// dialogs and popovers are stubbed with their attributes and events.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, vi } from 'vitest'
import { NothingHappens } from './observer.ts'
import { ToastProvider } from '../ui/toast-provider.tsx'

export interface RecordedRequest {
  method: string
  /** The path with its query. */
  path: string
  body: unknown
}
type Answer = (asked: RecordedRequest) => unknown

/** A handler returns this to refuse a request with problem+json. */
export class Refusal {
  readonly detail: string
  constructor(detail: string) {
    this.detail = detail
  }
}

let leave = () => {}

/** Renders `element`; `answer` returns the JSON, or a `Refusal`, for every request. */
export function show(element: ReactNode, answer: Answer): RecordedRequest[] {
  const asked: RecordedRequest[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    const request = { method: init.method ?? 'GET', path, body }
    asked.push(request)
    return respond(await answer(request))
  })
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  leave = () => {
    root.unmount()
    client.clear()
    box.remove()
  }
  root.render(
    <QueryClientProvider client={client}>
      <ToastProvider>{element}</ToastProvider>
    </QueryClientProvider>,
  )
  return asked
}

function respond(answer: unknown): Response {
  if (answer instanceof Response) return answer
  if (!(answer instanceof Refusal)) return Response.json(answer)
  const problem = { type: 'about:blank', title: 'Refused', status: 503, code: 'unavailable' }
  return Response.json({ ...problem, detail: answer.detail }, { status: 503 })
}

/** Waits for the first element with this accessible name. */
export function find(selector: string, name: string | RegExp): Promise<HTMLElement> {
  return until(() => {
    const found = all(selector).find((element) => matches(nameOf(element), name))
    if (found === undefined)
      throw new Error(`no ${selector} named ${String(name)}: ${names(selector).join(', ')}`)
    return found
  })
}

export function until<T>(check: () => T): Promise<T> {
  return vi.waitFor(check, { timeout: 4000, interval: 10 })
}

export function all(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)]
}

export function names(selector: string): string[] {
  return all(selector).map(nameOf)
}

export function press(key: string, target: Element | null = document.activeElement): void {
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}

/** Replaces the text of a field as typing would. */
export function write(field: HTMLElement, text: string): void {
  const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function nameOf(element: HTMLElement): string {
  const labels = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
  const name = element.getAttribute('aria-label') ?? (labels ?? element).textContent
  return name.replace(/\s+/g, ' ').trim()
}

function matches(text: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? text === name : name.test(text)
}

function open(this: HTMLDialogElement): void {
  this.open = true
}

function close(this: HTMLDialogElement): void {
  this.open = false
}

function hide(this: HTMLElement): void {
  toggle(this, 'closed')
}

function toggle(panel: HTMLElement, newState: 'open' | 'closed'): void {
  if ((newState === 'open') === panel.hasAttribute('data-open')) return
  panel.dispatchEvent(Object.assign(new Event('beforetoggle'), { newState }))
  panel.toggleAttribute('data-open', newState === 'open')
  panel.style.display = newState === 'open' ? 'block' : ''
  queueMicrotask(() => panel.dispatchEvent(Object.assign(new Event('toggle'), { newState })))
  if (newState === 'open') return
  document.querySelector<HTMLElement>(`[popovertarget="${panel.id}"]`)?.focus()
}

function followPopoverTarget({ target }: Event): void {
  const button = target instanceof Element ? target.closest('[popovertarget]') : null
  const panel = document.getElementById(button?.getAttribute('popovertarget') ?? '')
  if (panel !== null) toggle(panel, panel.hasAttribute('data-open') ? 'closed' : 'open')
}

beforeEach(() => {
  const dialog = HTMLDialogElement.prototype
  dialog.showModal = dialog.show = open
  dialog.close = close
  HTMLElement.prototype.hidePopover = hide
  HTMLElement.prototype.scrollIntoView = () => {}
  vi.stubGlobal('IntersectionObserver', NothingHappens)
  vi.stubGlobal('ResizeObserver', NothingHappens)
  document.addEventListener('click', followPopoverTarget)
})

afterEach(() => {
  leave()
  document.removeEventListener('click', followPopoverTarget)
  vi.unstubAllGlobals()
  history.replaceState(null, '', '/')
})
