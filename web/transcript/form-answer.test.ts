import { expect, test } from 'vitest'
import type { QuestionField } from '#shared/waits.ts'
import { formAnswer, missingFields } from './form-answer.ts'

const field = (name: string, type: QuestionField['type'], required = true): QuestionField => ({
  name,
  label: name.toUpperCase(),
  type,
  required,
})
const FIELDS = [field('city', 'text'), field('days', 'number'), field('hot', 'boolean')]

test('a form is answered as a JSON object of its types', () => {
  const values = { city: 'Oslo', days: ' 3 ', hot: true }
  expect(missingFields(FIELDS, values)).toBeNull()
  expect(JSON.parse(formAnswer(FIELDS, values))).toEqual({ city: 'Oslo', days: 3, hot: true })
})

test('an unchecked box is an answer, and an empty optional field is none', () => {
  const fields = [field('city', 'text', false), field('hot', 'boolean')]
  expect(missingFields(fields, {})).toBeNull()
  expect(JSON.parse(formAnswer(fields, { city: ' ' }))).toEqual({ hot: false })
})

test('what is missing or no number is named', () => {
  expect(missingFields(FIELDS, { days: '3' })).toBe('Fill in “CITY”.')
  expect(missingFields(FIELDS, { city: 'Oslo', days: 'three' })).toBe('Write a number in “DAYS”.')
})
