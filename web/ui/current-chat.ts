/** What the open chat lets others choose for it. */
interface CurrentChat {
  chooseModel: (choice: { provider: string; model: string }) => void
  chooseAgent: (agent: string) => void
}

export const currentChat: { setup: CurrentChat | null } = { setup: null }

/** The id of the button that selects the model of the next message. */
export const MODEL_PICKER_ID = 'model-picker'
