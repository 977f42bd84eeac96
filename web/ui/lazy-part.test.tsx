import { Component, type ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { lazyPart } from './lazy-part.tsx'
import { all, show, until } from '../testing/screen.tsx'

const texts = () => all('p').map((p) => p.textContent)
const Answer = ({ to }: { to: string }) => <p>{`An answer to ${to}`}</p>
const Wait = ({ to }: { to: string }) => <p>{`Wait for ${to}`}</p>

test('a part shows its fallback only until it is first loaded', async () => {
  const part = Promise.withResolvers<{ Answer: typeof Answer }>()
  const Part = lazyPart(() => part.promise, 'Answer', { fallback: Wait })
  show(<Part to="this" />, () => ({}))
  await until(() => expect(texts()).toEqual(['Wait for this']))
  part.resolve({ Answer })
  await until(() => expect(texts()).toEqual(['An answer to this']))

  const seen = new Set<string>()
  const watch = new MutationObserver(() => texts().forEach((text) => seen.add(text)))
  watch.observe(document.body, { childList: true, subtree: true })
  show(<Part to="that" />, () => ({}))
  await until(() => expect([...seen]).toContain('An answer to that'))
  watch.disconnect()
  expect([...seen]).not.toContain('Wait for that')
})

test('a part that fails to load breaks only itself and is retried', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  let online = false
  const Part = lazyPart(async () => {
    if (!online) throw new Error('Failed to fetch')
    return { Answer }
  }, 'Answer')
  show(
    <Corner>
      <Part to="them" />
    </Corner>,
    () => ({}),
  )
  await until(() => expect(texts()).toContain('Broken'))
  online = true
  show(<Part to="them" />, () => ({}))
  await until(() => expect(texts()).toContain('An answer to them'))
  vi.restoreAllMocks()
})

class Corner extends Component<{ children: ReactNode }, { broken: boolean }> {
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override state = { broken: false }
  override render() {
    return this.state.broken ? <p>Broken</p> : this.props.children
  }
}
