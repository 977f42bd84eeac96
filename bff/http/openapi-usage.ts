// The routes of usage, as the OpenAPI document tells them.
import { paths } from '#shared/api.ts'
import { ok, type Operation, page, period, query, usageFilter } from './openapi-parts.ts'

export const usageOperations: Operation[] = [
  {
    method: 'get',
    path: paths.usageSummary,
    operationId: 'getUsage',
    summary: 'What everything cost, in groups',
    description:
      'By `tool`: a tool makes no request, so its groups hold its uses, the tokens of its results and their share of the input of the requests that carried them, of every UTC day that the period touches. It takes no filter.',
    parameters: [
      query('by', 'What makes a group', { $ref: '#/components/schemas/UsageGroupedBy' }),
      query('series', 'Also what each UTC day cost, split by `by` (any but `day` and `tool`)', {
        type: 'string',
        enum: ['day'],
      }),
      ...usageFilter,
      ...period,
    ],
    answers: [ok('UsageSummary')],
    problems: ['bad_request'],
  },
  {
    method: 'get',
    path: paths.usageCalls,
    operationId: 'listCalls',
    summary: 'Model calls, newest first',
    parameters: [...page, ...usageFilter, ...period],
    answers: [ok('UsageCalls')],
    problems: ['bad_request', 'invalid_cursor'],
  },
  {
    method: 'get',
    path: paths.usageToolUses,
    operationId: 'listUsesOfTool',
    summary: 'The uses of one tool: in which conversations, how long the results, what they cost',
    description:
      'What carrying a result has cost is up to now, also after `to`, and always an estimate. A tool that was never used has no uses. Uses in conversations that are gone for good are only counted, in `goneUses`.',
    parameters: [
      { ...query('tool', 'The name of the tool'), required: true },
      query('order', 'What comes first', {
        $ref: '#/components/schemas/ToolUseOrder',
        default: 'newest',
      }),
      ...page,
      ...period,
    ],
    answers: [ok('UsageToolUses')],
    problems: ['bad_request', 'invalid_cursor'],
  },
  {
    method: 'get',
    path: paths.usageCsv,
    operationId: 'exportLedgerCsv',
    summary: 'The ledger as a table',
    parameters: [...usageFilter, ...period],
    answers: [
      {
        status: 200,
        description: 'One line per model call',
        content: { 'text/csv': { type: 'string' } },
      },
    ],
    problems: ['bad_request'],
  },
  {
    method: 'get',
    path: paths.usageJson,
    operationId: 'exportLedgerJson',
    summary: 'The ledger as an array of ModelCall',
    parameters: [...usageFilter, ...period],
    answers: [
      {
        status: 200,
        description: 'Oldest call first',
        content: {
          'application/json': { type: 'array', items: { $ref: '#/components/schemas/ModelCall' } },
        },
      },
    ],
    problems: ['bad_request'],
  },
]
