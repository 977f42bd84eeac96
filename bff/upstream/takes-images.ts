import type { ModelTarget } from './types.ts'

/** Families of models that see images, by their usual names. */
const SEES =
  /\b(gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-[5-9]|o[134]\b(?!-mini)|o4-mini|claude|gemini|gemma-?[3-9]|llava|pixtral|moondream|minicpm-v|mistral-(medium|small)|llama-?4|grok-[4-9])|\bvl\b|[\d.]vl\b|vision|multimodal/i
const BLIND =
  /\b(gpt-3\.5|gpt-4(?![\w.-])|gpt-oss|o1-mini|o3-mini|deepseek-(chat|reasoner|r1|v3)|codestral|davinci)/i

/** Null: not known. Nothing is forbidden by it. */
export function takesImages({ kind, model }: Pick<ModelTarget, 'kind' | 'model'>): boolean | null {
  if (kind === 'demo' || BLIND.test(model)) return false
  return SEES.test(model) ? true : null
}
