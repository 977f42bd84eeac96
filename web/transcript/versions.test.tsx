import { expect, test } from 'vitest'
import { find, show, until } from '../testing/screen.tsx'
import { Versions } from './versions.tsx'

test('a second click goes on from the version that is still being read', async () => {
  const asked: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const onSelect = (messageId: string) => {
    asked.push(messageId)
    return promise
  }
  show(<Versions id="c" siblingIds={['a', 'b', 'c']} onSelect={onSelect} />, () => null)
  const previous = await find('button', 'Previous version')
  previous.click()
  await find('span', 'Version 2 of 3')
  previous.click()
  await find('span', 'Version 1 of 3')
  expect(asked).toEqual(['b', 'a'])
  // Neither could be shown.
  resolve()
  await until(() => find('span', 'Version 3 of 3'))
})
