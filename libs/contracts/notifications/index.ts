export { notificationsPermissions } from './permissions.ts'
export {
  Channel,
  Mail,
  MailPage,
  Notification,
  NotificationPage,
  NotificationStatus,
  PreferenceChanges,
  Preferences,
} from './schemas.ts'
