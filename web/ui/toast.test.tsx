import { expect, test, vi } from 'vitest'
import { Dialog } from './dialog.tsx'
import { all, find, show, until } from '../testing/screen.tsx'
import { useToast } from './toast.tsx'

test('a toast disappears by itself, but not while it is hovered or focused', async () => {
  show(<Toaster text="Saved." />, nothing)
  const button = await find('button', 'Show')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  button.click()
  const undo = await find('output button', 'Undo')
  undo.focus()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(all('output p')).toHaveLength(1)

  undo.blur()
  await vi.advanceTimersByTimeAsync(60_000)
  vi.useRealTimers()
  await until(() => expect(all('output p')).toEqual([]))
})

test('only the last three toasts are shown', async () => {
  show(<Toaster text="Saved." />, nothing)
  const button = await find('button', 'Show')
  for (let times = 0; times < 5; times++) button.click()

  await until(() => expect(all('output p')).toHaveLength(3))
})

test('toasts appear inside an open dialog, where they are not inert', async () => {
  show(
    <Dialog open onOpenChange={() => {}} title="A dialog">
      <Toaster text="Copied." />
    </Dialog>,
    nothing,
  )
  const button = await find('button', 'Show')
  button.click()

  const toast = await find('output p', 'Copied.')
  expect(toast.closest('dialog')).not.toBeNull()
  expect(all('output p')).toHaveLength(1)
})

function Toaster({ text }: { text: string }) {
  const showToast = useToast()
  const action = { label: 'Undo', run: () => {} }
  return (
    <button type="button" onClick={() => showToast({ text, action })}>
      Show
    </button>
  )
}

function nothing() {
  return {}
}
