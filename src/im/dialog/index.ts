export { inDialogInput, responseInput } from './dialog.schema.ts';
export {
  completeRequest,
  createDialog,
  type DialogState,
  matchesDialog,
  receiveRequest,
  type Side,
} from './dialog.ts';
export { type ImRefusal, imRefusal, imWarning } from './im-warning.ts';
export { type ReadResponse, readResponse } from './read-response.ts';
export { reasonPhrase } from './reason-phrases.ts';
export { composeCancel, composeInDialog, type InDialogInput } from './requests.ts';
export { composeResponse, type ResponseInput } from './responses.ts';
