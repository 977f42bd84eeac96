import { expect, test } from 'vitest'
import { memoize } from './lru-map.ts'

test('each key is looked up once, even if nothing is found or the name is unusual', () => {
  const asked: string[] = []
  const find = memoize((key) => {
    asked.push(key)
    return key === 'none' ? null : key.length
  })
  const keys = ['none', '__proto__', 'none', 'constructor', '__proto__']
  expect(keys.map(find)).toEqual([null, 9, null, 11, 9])
  expect(asked).toEqual(['none', '__proto__', 'constructor'])
})

test('the number of kept keys is limited', () => {
  let asked = 0
  const find = memoize(() => (asked += 1))
  find('first')
  for (let at = 0; at < 5000; at += 1) find(`name-${at}`)
  find('first')
  expect(asked).toBe(5002)
})
