// An answer with every kind of content, for layout tests.
import type { AnswerPart } from './fake-answer.ts'

const CODE =
  "const greeting: string = 'Hello'\nconsole.log(greeting.repeat(40), 'and a line that is far too wide for a phone')"

const TEXT = `## A heading

Words can be **strong**, *soft*, ~~gone~~ or \`code\`, and [links](https://example.com/docs) lead somewhere.

> A quotation stands apart.

1. First
   - inside
2. Second

- [x] done
- [ ] to do

| name | a rather wide column | another rather wide column | number |
|---|---|---|---:|
| ${'Longword'.repeat(6)} | some text | more text | 1,234 |
| two | text | text | 5 |

\`\`\`ts
${CODE}
\`\`\`

A formula like $e^{i\\pi} + 1 = 0$ in a line, and one on its own:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

![a picture](https://example.com/picture.png)

The end.`

export const THOUGHT = 'I want to show everything.'

export const SAMPLE: AnswerPart[] = [{ reasoning: THOUGHT }, { text: TEXT }]
