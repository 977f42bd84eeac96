// All probes, in the order in which they are made: what costs nothing first, then what the others
// build on.
import type { ProbeName } from '#shared/checks.ts'
import type { Probe } from './probe.ts'
import { answerProbe } from './probes/answer-probe.ts'
import { countProbe } from './probes/count-probe.ts'
import { jsonProbe } from './probes/json-probe.ts'
import { modelsProbe } from './probes/models-probe.ts'
import { repeatProbe } from './probes/repeat-probe.ts'
import { stopProbe } from './probes/stop-probe.ts'
import { toolsProbe } from './probes/tools-probe.ts'

export const PROBES: Probe[] = [
  modelsProbe,
  answerProbe,
  repeatProbe,
  toolsProbe,
  stopProbe,
  jsonProbe,
  countProbe,
]

export function chosenProbes(names: readonly ProbeName[] | undefined): Probe[] {
  return names === undefined ? PROBES : PROBES.filter(({ name }) => names.includes(name))
}
