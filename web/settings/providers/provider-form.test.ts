import { expect, test } from 'vitest'
import type { ProviderInfo } from '#shared/api.ts'
import { freeName, PRESETS } from './presets.ts'
import {
  baseUrlProblem,
  fromPreset,
  fromProvider,
  isUnencrypted,
  losesKey,
  toProvider,
  toUpdate,
  wrongFields,
} from './provider-form.ts'

const STORED: ProviderInfo = {
  name: 'mine',
  kind: 'configured',
  baseUrl: 'https://api.example.com/v1',
  api: 'chat_completions',
  defaultModel: 'first-of-its-list',
  ownDefaultModel: null,
  capabilities: { streaming: null, tools: null, jsonMode: null, vision: null, contextWindow: null },
  keySource: 'stored',
  keyName: null,
  keySetAt: '2026-11-20T08:00:00.000Z',
  keyProblem: null,
  setBy: null,
  editable: true,
  models: ['a', 'b'],
  modelPatterns: ['gpt-*'],
  maxRetries: 3,
}

test('saving a provider unchanged sends the same settings and no key', () => {
  expect(toUpdate(fromProvider(STORED))).toEqual({
    baseUrl: 'https://api.example.com/v1',
    api: 'chat_completions',
    defaultModel: null,
    models: ['a', 'b'],
    modelPatterns: ['gpt-*'],
    maxRetries: 3,
  })
})

test('input is trimmed, and lists are split', () => {
  const form = fromProvider(STORED)
  const typed = { ...form, name: ' box ', key: ' sk-1 ', models: 'x, y,\nz,', defaultModel: ' m ' }
  expect(toProvider(typed)).toMatchObject({
    name: 'box',
    key: 'sk-1',
    models: ['x', 'y', 'z'],
    defaultModel: 'm',
  })
})

test.each(PRESETS.slice(0, -1))(
  '$label can be saved as it is, with a name of its own',
  (preset) => {
    const form = fromPreset(preset, [preset.name, `${preset.name}-2`])
    expect(form.name).toBe(`${preset.name}-3`)
    expect(wrongFields(form)).toEqual([])
    expect(freeName(preset.name, [])).toBe(preset.name)
  },
)

test('invalid fields are listed', () => {
  const form = { ...fromProvider(STORED), name: ' ', baseUrl: 'localhost:11434', maxRetries: '11' }
  expect(wrongFields(form)).toEqual(['name', 'baseUrl', 'maxRetries'])
})

test.each([
  ['localhost:11434/v1', 'http:// or https:// is missing: write http://localhost:11434/v1'],
  ['127.0.0.1:8000', 'write http://127.0.0.1:8000'],
  ['api.example.com/v1', 'write https://api.example.com/v1'],
  ['ftp://example.com', 'Write it like'],
  [' ', 'Enter the address'],
])('the base URL "%s" is refused with the reason', (baseUrl, words) => {
  expect(baseUrlProblem(baseUrl)).toContain(words)
  expect(baseUrlProblem('http://gpu-box:8000/v1')).toBeNull()
})

test.each([
  ['https://api.example.com/other', '', false],
  ['https://api.example.com:8443/v1', '', true],
  ['http://api.example.com/v1', '', true],
  ['https://elsewhere.example', '', true],
  ['https://elsewhere.example', 'sk-new', false],
  ['https://', '', false],
])('saving %s with the key "%s" removes the stored key: %s', (baseUrl, key, lost) => {
  const form = { ...fromProvider(STORED), baseUrl, key }
  expect(losesKey(form, STORED)).toBe(lost)
  expect(losesKey(form, { ...STORED, keySource: 'none' })).toBe(false)
  expect(losesKey(form, null)).toBe(false)
})

test.each([
  ['http://gpu-box:8000/v1', true],
  ['http://10.0.0.5/v1', true],
  ['http://127.0.0.1:11434/v1', false],
  ['http://localhost:1234/v1', false],
  ['http://[::1]:8000', false],
  ['https://gpu-box', false],
  ['', false],
])('"%s" is unencrypted: %s', (baseUrl, open) => {
  expect(isUnencrypted({ ...fromProvider(STORED), baseUrl })).toBe(open)
})
