/** Of the button that chooses the model of the next message. */
export const MODEL_PICKER_ID = 'model-picker'
