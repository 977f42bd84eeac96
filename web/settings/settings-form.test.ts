import { expect, test } from 'vitest'
import { parseForm, type SettingsForm, toForm } from './settings-form.ts'

const EMPTY: SettingsForm = {
  title: '',
  agent: '',
  instructions: '',
  temperature: '',
  topP: '',
  maxOutputTokens: '',
  reasoningEffort: '',
  budgetNanoUsd: '',
  budgetTokens: '',
  summarizeAbovePercent: '',
}

test('an empty field is not sent', () => {
  expect(parseForm(EMPTY)).toEqual({ ok: true, change: { settings: {} } })
})

test('filled fields become typed settings', () => {
  const form = {
    ...EMPTY,
    title: ' Trip ',
    instructions: 'Be short.',
    temperature: '0.3',
    topP: '1',
    maxOutputTokens: '77',
    reasoningEffort: 'low',
  }
  expect(parseForm(form)).toEqual({
    ok: true,
    change: {
      title: 'Trip',
      settings: {
        instructions: 'Be short.',
        temperature: 0.3,
        topP: 1,
        maxOutputTokens: 77,
        reasoningEffort: 'low',
      },
    },
  })
})

test('a decimal comma counts as a decimal point, and zero is a value', () => {
  const parsed = parseForm({ ...EMPTY, temperature: '0,7', topP: '0' })
  expect(parsed).toEqual({ ok: true, change: { settings: { temperature: 0.7, topP: 0 } } })
})

test('invalid fields are listed in the order of the form', () => {
  const form = { ...EMPTY, temperature: '7', topP: 'much', maxOutputTokens: '1.5' }
  expect(parseForm(form)).toEqual({ ok: false, wrong: ['temperature', 'topP', 'maxOutputTokens'] })
})

test('instructions that are too long are invalid', () => {
  const parsed = parseForm({ ...EMPTY, instructions: 'x'.repeat(20_001) })
  expect(parsed).toEqual({ ok: false, wrong: ['instructions'] })
})

test('a budget is entered in dollars and stored in nano-dollars', () => {
  const form = { ...EMPTY, budgetNanoUsd: '0.50', budgetTokens: '20,000' }
  const parsed = parseForm(form)
  const settings = { budgetNanoUsd: 500_000_000, budgetTokens: 20_000 }
  expect(parsed).toEqual({ ok: true, change: { settings } })
  const shown = toForm({ title: null, agent: null, settings })
  expect(shown).toMatchObject({ budgetNanoUsd: '0.50', budgetTokens: '20000' })
  const wrong = parseForm({ ...EMPTY, budgetNanoUsd: 'much' })
  expect(wrong).toEqual({ ok: false, wrong: ['budgetNanoUsd'] })
})

test('stored settings fill the fields', () => {
  const settings = { temperature: 0, maxOutputTokens: 5 }
  expect(toForm({ title: null, agent: 'assistant', settings })).toEqual({
    ...EMPTY,
    agent: 'assistant',
    temperature: '0',
    maxOutputTokens: '5',
  })
})
