import type { Certainty } from '#shared/money-schema.ts'

export const CERTAINTY_LABELS: Record<Certainty, string> = {
  reported: 'Reported by the provider',
  computed: 'Computed from reported tokens × dated price',
  estimated: 'Estimated',
  unknown: 'No price',
}
