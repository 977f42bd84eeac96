import { expect, test } from 'vitest'
import { memoize } from './memoize.ts'

test('each thing is looked for once, also one that there is not and one with a strange name', () => {
  const asked: string[] = []
  const find = memoize((key) => {
    asked.push(key)
    return key === 'none' ? null : key.length
  })
  const keys = ['none', '__proto__', 'none', 'constructor', '__proto__']
  expect(keys.map(find)).toEqual([null, 9, null, 11, 9])
  expect(asked).toEqual(['none', '__proto__', 'constructor'])
})

test('names without end are not all kept', () => {
  let asked = 0
  const find = memoize(() => (asked += 1))
  find('first')
  for (let at = 0; at < 5000; at += 1) find(`name-${at}`)
  find('first')
  expect(asked).toBe(5002)
})
