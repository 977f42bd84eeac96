import { english } from '#shared/translate.ts'
import { z } from 'zod'
import { defineQuestionTool } from '../runtime/define-tool.ts'

export const askUser = defineQuestionTool({
  name: 'ask_user',
  description: english`Asks the person one question and waits for the answer. Use it when you cannot go on without something that only they know or decide.`,
  parameters: z.object({
    question: z.string().min(1).max(2_000),
    options: z
      .array(z.string().min(1).max(200))
      .max(12)
      .nullable()
      .describe('Answers to choose from; null if there are none.'),
    freeText: z.boolean().nullable().describe('Whether an answer in own words is taken, too.'),
    fields: z
      .array(
        z.object({
          name: z.string().min(1).max(60),
          label: z.string().min(1).max(200),
          type: z.enum(['text', 'number', 'boolean', 'choice']),
          options: z.array(z.string().max(200)).max(30).nullable(),
          required: z.boolean(),
        }),
      )
      .max(12)
      .nullable()
      .describe('A small form instead of one answer; null if there is none.'),
  }),
  question: ({ question, options, freeText, fields }) => ({
    question,
    ...(options !== null && options.length > 0 && { options }),
    freeText: (freeText ?? true) || ((options ?? []).length === 0 && fields === null),
    ...(fields !== null && {
      schema: fields.map(({ options: choices, ...field }) => ({
        ...field,
        ...(choices !== null && { options: choices }),
      })),
    }),
  }),
})
