/** The id of the button that selects the model of the next message. */
export const MODEL_PICKER_ID = 'model-picker'
