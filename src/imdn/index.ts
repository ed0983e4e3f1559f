export {
  IMDN_NAMESPACE,
  imdnDispositionNotification,
  imdnMessageId,
  imdnOriginalTo,
  imdnRecordRoute,
  imdnRoute,
  type NotifyRequest,
} from './headers.ts';
export type { InterworkingNotification } from './interworking.ts';
export { composeAggregate, isNotification, notificationContent, readNotifications } from './notifications.ts';
export {
  type DeliveryNotification,
  type DisplayNotification,
  type Imdn,
  type ImdnNotification,
  imdn,
  type ProcessingNotification,
} from './payload.ts';
export {
  type NotificationRequest,
  type NotificationRequestInput,
  readNotificationRequest,
  requestNotification,
} from './request.ts';
