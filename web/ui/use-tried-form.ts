import { useState } from 'react'

/** A form whose wrong fields are marked from the first attempt to submit it. */
export function useTriedForm<Form extends object, Field extends string>(
  start: Form | (() => Form),
  wrongIn: (form: Form) => Field[],
) {
  const [form, setForm] = useState(start)
  const [isTried, setTried] = useState(false)
  const wrong = wrongIn(form)
  return {
    form,
    change: (change: Partial<Form>) => setForm((before) => ({ ...before, ...change })),
    /** The fields to mark. */
    wrong: isTried ? wrong : [],
    /** Saves a form without wrong fields. */
    submit: (save: (form: Form) => void) => {
      setTried(true)
      if (wrong.length === 0) save(form)
    },
    /** Marks nothing until the next attempt. */
    forget: () => setTried(false),
  }
}
